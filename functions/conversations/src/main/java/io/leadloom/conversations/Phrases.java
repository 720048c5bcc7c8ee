package io.leadloom.conversations;

import java.util.List;
import java.util.regex.Pattern;

/** The phrases by which meanings are told, in English as people in the trades write it. */
final class Phrases {

  private static final String DAY =
      "(mondays?|tuesdays?|wednesdays?|thursdays?|fridays?|mon|tue|tues|wed|thu|thurs|fri|tomorrow"
          + "|today|next week|this week|mornings?|afternoons?|noon|\\d{1,2} ?(am|pm)|any (other )?day"
          + "|any ?time|any slot)";
  private static final String MEET = "(call|meeting|visit|demo|appointment|chat|walkthrough|slot)";
  private static final String LATER_ON =
      "(a couple of|a few|few|couple|two|three|four|six|some|\\d+) (months?|weeks?|years?)"
          + "|(the )?(next|new|coming) (month|quarter|year|season|spring|summer|fall|autumn|winter)"
          + "|(the )?(spring|summer|fall|autumn|winter|holidays?|new year|season)"
          + "|(january|february|march|april|may|june|july|august|september|october|november"
          + "|december|q[1-4])";

  static final List<Phrase> ALL =
      List.of(
          // Complaints and threats
          cue(
              Cue.COMPLAINT,
              "(report(ed|ing)?|mark(ed|ing)?|flag(ged|ging)?) (you|this|it|your \\w+)( \\w+){0,3}"
                  + " (as|for|to) (spam|abuse|junk)"),
          cue(Cue.COMPLAINT, "this is spam|you are a spammer|you are spamming|spamming (me|us)"),
          cue(Cue.COMPLAINT, "(file|filed|filing|make|lodge) a (formal )?complaint"),
          cue(
              Cue.LEGAL,
              "legal action|lawsuit|will sue|suing|(my|our) (lawyers?|attorneys?|legal (team"
                  + "|counsel))"),

          // No
          cue(
              Cue.DECLINE,
              "(not|isnt|arent|wasnt|never) (really |at all |very |currently |particularly )?"
                  + "interested(?! (right now|now|at this time|at the moment|this year|yet|until))"),
          cue(Cue.DECLINE, "no interest|uninterested|no longer (interested|looking|need)"),
          cue(Cue.DECLINE, "(we are|were|i am|im) good( for now)?$|^no need$"),
          cue(Cue.DECLINE, "no thanks|no thank you|no thx"),
          cue(
              Cue.DECLINE,
              "(ill|i will|we will|well|going to|gonna|have to|i|we) (have to )?(pass|decline)"
                  + "( on| for|$)"),
          cue(Cue.DECLINE, "pass on (this|it|that)|hard pass"),
          cue(
              Cue.DECLINE,
              "not (something )?for (us|me)|not (quite )?(a|the right) (good )?(fit|match)"),
          cue(Cue.DECLINE, "not (currently )?(looking|in the market)"),
          cue(
              Cue.DECLINE,
              "(dont|do not) (need|want) (this|that|it|any|your|a|anything|help|these|to meet)"
                  + "|have no need|no need for"),
          cue(
              Cue.DECLINE,
              "not (taking|accepting|doing|scheduling|booking) (on )?(any |new ){0,6}(bookings?"
                  + "|appointments?|meetings?|calls?|visits?|vendors?|customers?)"),
          cue(Cue.DECLINE, "(all set|all good|all covered)(?! (for|on|to))"),
          cue(Cue.DECLINE, "(dont|do not|please dont|never) (call|phone|contact|visit)"),
          cue(Cue.DECLINE, "^(no|nope|nah|never|negative)$"),

          // A time to meet
          not(
              Cue.MEETING,
              "(lets|let us) (talk|chat|meet|connect|speak|discuss|set|schedule|book|arrange|do"
                  + "|plan|hop|jump|get on|find)"),
          not(
              Cue.MEETING,
              "(set up|setup|schedule|book|arrange|organi[sz]e|put together|hop on|jump on|get on"
                  + "|do|line up|have) (a|an|the|our|your|some|us|that) (\\w+ ){0,3}?"
                  + MEET),
          not(Cue.MEETING, "(schedule|arrange|book) (\\w+ )?(some )?(time|times)"),
          not(Cue.MEETING, "book (me|us)|put (me|us) (down|in|on)|sign (me|us) up"),
          not(
              Cue.MEETING,
              "(happy|glad|open|willing|ready|like|love|want|keen|pleased|good) to (meet|talk|chat"
                  + "|speak|connect|discuss|hop|jump|schedule|set up|get on|sit down)"),
          not(
              Cue.MEETING,
              "(send|give|suggest|propose|share|offer) (me|us|over)? ?(a (few|couple)( of)?|some"
                  + "|your|the|any|two|three)? ?(possible |available |good )?(times?|dates?|slots?"
                  + "|availability|openings?|calendar|booking link|calendar link|invite)"),
          not(
              Cue.MEETING,
              "when (can|could|would|will|are) (somebody|someone|you|your \\w+|anyone|we)"
                  + "( be)?( \\w+)? (come|visit|meet|call|talk|free|available|here|look|stop|out)"),
          not(
              Cue.MEETING,
              "(can|could|shall|should|may) (we|i|you) (\\w+ )?(meet|talk|speak|call)"),
          not(
              Cue.MEETING,
              "(can|could|would|will|please|should) (you |somebody |someone |we )?(come|stop|swing"
                  + "|drop) (by|out|over|in)"),
          not(Cue.MEETING, "(can|could|would) (you|we) (do|make) (it )?(on )?" + DAY),
          not(Cue.MEETING, "(how|what) about " + DAY),
          not(Cue.MEETING, "what (times?|days?|dates?) (work|works|would|suit|are you|do you|can)"),
          not(Cue.MEETING, "are you (free|available|around)"),
          not(Cue.MEETING, "works (\\w+ )?for (me|us)"),
          not(Cue.MEETING, "set (something|it|a time|some time|this) up"),
          not(
              Cue.MEETING,
              "^(yes|sure|ok|okay|say|on|then|maybe|lets say| ){0,6}"
                  + DAY
                  + "(( or| and| at| on| this| next){0,6} ("
                  + DAY
                  + "|\\d{1,2})){0,6}( then| please| works| thanks)?$"),
          not(
              Cue.MEETING,
              DAY
                  + "( \\w+){0,6} (work|works|suit|suits|fine|ok|okay|good|great|best|perfect)"
                  + "( for you| for me| for us| well)?\\b"),
          not(
              Cue.MEETING,
              "(i am|im|we are|were|i will be|ill be|is) (\\w+ )?(free|available|around|open)"
                  + "( \\w+){0,3} "
                  + DAY),

          // Can be reached
          not(
              Cue.REACHABLE,
              "(call|phone|ring|text) (me|us)|give (me|us) (a |the )?(call|ring|buzz|shout)"),
          not(Cue.REACHABLE, "(reach|get) (me|us) (at|on|under)"),
          not(Cue.REACHABLE, "(stop|swing|come|drop) by"),

          // Not now
          cue(
              Cue.LATER,
              "(not|isnt|bad|wrong|poor) (really )?(a |the )?(good |right |great |best )?(time|timing"
                  + "|moment)( for| to|$| right| unfortunately)"),
          cue(
              Cue.LATER,
              "not (interested )?(right now|now|just yet|yet|this year|this month|at (this|the)"
                  + " (time|moment|point))"),
          cue(Cue.LATER, "too (early|soon)|(maybe|perhaps|possibly|but|or) (later|another time)"),
          cue(
              Cue.LATER,
              "(maybe|perhaps|possibly|not (until|before)) (in |after )?(" + LATER_ON + ")"),
          cue(
              Cue.LATER,
              "(try|call|contact|write|check|reach out|reach back out|follow up|get back|come back|ping|ask|talk"
                  + "|revisit|look at)( back| this| it)?( to| with| in with)?( me| us)?"
                  + "( again| back| about this){0,6}( in| after| around| later in| during)? ("
                  + LATER_ON
                  + ")"),
          cue(Cue.LATER, "(swamped|slammed|snowed under|too busy|crazy busy|on hold)"),
          cue(Cue.LATER, "busy (right now|at the moment|until|with|now|season)"),
          cue(Cue.LATER, "in the middle of (a|an|our|the|another)"),

          // Too dear
          not(Cue.PRICE, "too (expensive|pricey|costly|steep|dear)|too (high|much) for (us|me)"),
          cue(
              Cue.PRICE,
              "(no|not (any|the|a|in the|in our)|dont have (a|the|any)|do not have (a|the|any)"
                  + "|without|out of|over|lack of) budget"),
          cue(
              Cue.PRICE,
              "budgets? (is|are|was|has been) (\\w+ )?(spent|used|tight|cut|gone|frozen)"),
          cue(Cue.PRICE, "(cant|cannot|can not|could not|couldnt) afford|tight budget"),
          cue(Cue.PRICE, "price is (too|a bit|way)|(found|have|get) (\\w+ )?cheaper"),

          // Has somebody
          cue(
              Cue.VENDOR,
              "(we|i|weve|ive) (already |currently |do |all ready ){0,6}(have|got|use|hired|work with"
                  + "|working with) (already )?(a|an|our|our own|another|one|some|in house)"
                  + " (\\w+ ){0,2}?(company|vendor|contractor|contract|provider|supplier|guy|sub"
                  + "|subs|subcontractors?|firm|partner|person|team|crew|people|service|one)"),
          cue(
              Cue.VENDOR,
              "(we|i|weve|ive) (\\w+ )?(already|currently) (have|got|use|using|work with|working with"
                  + "|hired|under contract|covered)"),
          cue(Cue.VENDOR, "(we|i) have (someone|somebody|people) (for|who|that|doing|on)"),
          cue(Cue.VENDOR, "(already )?(under contract|locked in|committed) (with|to|until)"),
          cue(
              Cue.VENDOR,
              "(another|current|existing|different|regular) (vendor|provider|contractor|supplier)"),
          cue(
              Cue.VENDOR,
              "work(ed|ing)? with the same|(my|our) (\\w+ ){1,4}(does|handles|takes care of) (this|that|it|ours)"),
          cue(Cue.VENDOR, "happy with (our|my|the|who|what|them|him|her|whom)"),
          cue(Cue.VENDOR, "(do|done|handle|handled|keep|it) (\\w+ ){0,4}in ?house"),

          // Somebody else
          cue(
              Cue.WRONG_PERSON,
              "(wrong|not the right|not the) (person|contact|guy|department)|not my (department|area"
                  + "|job|responsibility)"),
          cue(
              Cue.WRONG_PERSON,
              "(i|we) (dont|do not|no longer) (handle|deal with|manage|work (here|there|for|at))"),
          cue(
              Cue.WRONG_PERSON,
              "(talk|speak|reach out|write) to (our|my|the) (\\w+ )?(manager|office|team|department"
                  + "|boss|partner|director|superintendent)"),
          cue(Cue.WRONG_PERSON, "(i am|im|i have|ive) (now )?(retired|left the company)"),

          // More to read
          not(Cue.INFORMATION, "(tell|show) (me|us) (some |a (bit|little) )?more"),
          not(
              Cue.INFORMATION,
              "(like|love|want) to (know|hear|learn|see|find out)( \\w+){0,4} more"),
          not(
              Cue.INFORMATION,
              "(send|email|forward|share|have|get|mail|shoot|with) (me |us |over |it |some |more |the |any"
                  + " |your |a |further |along |additional ){0,6}(information|info|details|brochure"
                  + "|pricing|prices|quote|proposal|materials?|estimate|examples|references"
                  + "|case study)"),
          not(
              Cue.INFORMATION,
              "(send|shoot|email) (it|that|them|those|this)( over| along| to me| to us)?$"),
          not(Cue.INFORMATION, "more (info|information|details)"),

          // Interest
          not(
              Cue.INTEREST,
              "(sounds|looks|seems|sound) (\\w+ )?(good|interesting|great|relevant|promising|useful"
                  + "|helpful|reasonable|intriguing|like something)"),
          not(Cue.INTEREST, "(very |quite |this is |thats |how )?interesting"),
          not(
              Cue.INTEREST,
              "(im|i am|we are|were|am|be|very|definitely|might be) ((?!not |never )\\w+ )?interested"),
          not(Cue.INTEREST, "interested in"),
          not(
              Cue.INTEREST,
              "could be (something|useful|interesting|a fit)|curious|worth a (look|try)"),
          not(
              Cue.INTEREST,
              "^(yes|yep|yeah|sure|ok|okay|absolutely|definitely|certainly|of course|yes please"
                  + "|sure thing|please do|im in|count me in)( please| thanks| thank you| sure)?$"));

  private Phrases() {}

  private static Phrase cue(Cue cue, String regex) {
    return new Phrase(cue, false, whole(regex));
  }

  private static Phrase not(Cue cue, String regex) {
    return new Phrase(cue, true, whole(regex));
  }

  private static Pattern whole(String regex) {
    return Pattern.compile("(?<!\\w)(?:" + regex + ")(?!\\w)");
  }
}
