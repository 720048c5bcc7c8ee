"""Hooks by which Schemathesis gets past the door: callers, keys and ids that mean something.

TOKENS holds one token per tenant, and one more to sign out with. The tenants take turns, since each may send only
so many requests a minute; whoever made something is asked about it.
"""

import datetime
import itertools
import os
import random
import re
import uuid

import requests
import schemathesis

*TOKENS, LEAVER = os.environ["TOKENS"].split()
URL = os.environ["URL"]

turns = itertools.cycle(TOKENS)
known = {}  # ids by the path of their list
owners = {}  # tokens by id
dice = random.Random(4711)


def learn(path, token, body):
    """Remembers the ids in the answer of a list or of what was made."""
    for entry in entries(body):
        name = entry.get("id") or (entry.get("leadId") if path == "/v1/leads" else None)
        if isinstance(name, str):
            known.setdefault(path, []).append(name)
            owners[name] = token


def entries(body):
    """What was made, which may stand beside a text that is shown once, or the entries of a list."""
    if "id" in body or "leadId" in body:
        return [body]
    members = [member for value in body.values() for member in (value if isinstance(value, list) else [value])]
    return [member for member in members if isinstance(member, dict)]


def owner_of(case):
    return next((owners[value] for value in case.path_parameters.values() if value in owners), None)


@schemathesis.auth(refresh_interval=None)
class Callers:
    """Who calls: whoever has the thing that is asked for, else each tenant in turn."""

    def get(self, case, context):
        if case.path == "/v1/me/sign-out":
            return LEAVER
        collection = re.match(r"(/v1/[a-z-]+)/\{(\w+)\}", case.path)
        if not owner_of(case) and collection and known.get(collection[1]) and dice.random() < 0.7:
            case.path_parameters[collection[2]] = dice.choice(known[collection[1]][-50:])
        return owner_of(case) or next(turns)

    def set(self, case, data, context):
        case.headers["Authorization"] = f"Bearer {data}"


@schemathesis.hook
def before_call(context, case, kwargs):
    """Makes of a key that is allowed a new one, and of most revisions the one that is there."""
    headers = case.headers
    if re.fullmatch("[!-~]{1,255}", str(headers.get("Idempotency-Key", ""))):
        headers["Idempotency-Key"] = str(uuid.UUID(int=dice.getrandbits(128)))
    if str(headers.get("If-Match", "")).strip() and dice.random() < 0.7:
        headers["If-Match"] = "*"


@schemathesis.hook
def after_call(context, case, response):
    if response.status_code in (200, 201, 202) and "{" not in case.path:
        token = str(case.headers.get("Authorization", "")).removeprefix("Bearer ")
        try:
            learn(case.path, token, response.json())
        except ValueError:
            pass  # A body that is no JSON is found by the checks.


def raise_leads():
    """Leads of yesterday's permits, for there to be something to ask for; a second time changes nothing."""
    yesterday = str(datetime.date.today() - datetime.timedelta(days=1))
    for token, n in itertools.product(TOKENS, range(3)):
        answer = requests.post(
            f"{URL}/v1/leads",
            headers={"Authorization": f"Bearer {token}", "Idempotency-Key": f"lead-{n}"},
            json={
                "source": "austin",
                "number": f"FA-{n}",
                "type": "Fire Alarm Permit",
                "description": "Install fire alarm system, new medical office",
                "applicant": f"Brightwater {'ABC'[n]} Builders LLC",
                "city": "Austin",
                "state": "TX",
                "zip": "78701",
                "submitted": yesterday,
                "issued": yesterday,
            },
            timeout=30,
        )
        answer.raise_for_status()
        learn("/v1/leads", token, answer.json())


@schemathesis.hook
def before_load_schema(context, raw_schema):
    raise_leads()
