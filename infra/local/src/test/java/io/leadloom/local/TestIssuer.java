package io.leadloom.local;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/** An issuer of tokens that publishes its key; it has a second one that it does not publish. */
final class TestIssuer implements AutoCloseable {

  private final HttpServer server;
  private final RSAKey published;
  private final RSAKey hidden;

  TestIssuer() throws IOException, JOSEException {
    published = new RSAKeyGenerator(2048).keyID("published").generate();
    hidden = new RSAKeyGenerator(2048).keyID("published").generate();
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/pool/.well-known/openid-configuration",
        exchange -> answer(exchange, Json.object().put("jwks_uri", url() + "/keys").toString()));
    server.createContext(
        "/pool/keys",
        exchange -> answer(exchange, new JWKSet(published).toPublicJWKSet().toString()));
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/pool";
  }

  String token(ObjectNode claims) throws JOSEException {
    return sign(claims, published);
  }

  String forged(ObjectNode claims) throws JOSEException {
    return sign(claims, hidden);
  }

  private static String sign(ObjectNode claims, RSAKey key) throws JOSEException {
    var header = new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(key.getKeyID()).build();
    var token = new JWSObject(header, new Payload(claims.toString()));
    token.sign(new RSASSASigner(key));
    return token.serialize();
  }

  private static void answer(HttpExchange exchange, String json) throws IOException {
    try (exchange) {
      var body = json.getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(200, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
