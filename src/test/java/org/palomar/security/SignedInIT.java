package org.palomar.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.palomar.testing.Stage;
import org.palomar.testing.Visitor;
import org.palomar.testing.Visitor.Answer;
import org.palomar.testing.Visitor.Cookie;

/** Who is signed in, how that begins and how it ends. */
class SignedInIT {

    @RegisterExtension
    static final Stage stage = new Stage();

    private static final String SESSION = "JSESSIONID";
    private static final String KEY = "palomar_key";

    @Test
    void s32_theSessionAndTheTokenChangeAtSignIn() {
        try (Visitor alice = stage.visitor()) {
            alice.open("login");
            String session = alice.cookies().get(SESSION).value();
            String token = alice.token();
            alice.signedIn("alice");
            assertThat(alice.cookies().get(SESSION).value()).isNotEqualTo(session);
            assertThat(alice.token()).isNotEqualTo(token);
            // Who planted the session before the sign-in holds nothing afterwards.
            try (Visitor planter = stage.visitor()) {
                planter.cookies().put(SESSION, new Cookie(SESSION, session, "/", false, ""));
                assertSignedOut(planter);
            }
            alice.useToken(token);
            alice.post("mailboxes", "name", "with the old token").expect(403);
        }
    }

    @Test
    void s32_aSecondSignInAlsoChangesBoth() {
        try (Visitor alice = stage.visitor().signedIn("alice")) {
            Map<String, Cookie> before = Map.copyOf(alice.cookies());
            String token = alice.token();
            alice.open("login?reason=expired");
            alice.follow(alice.post("login", "username", "bob@palomar.example", "password", "bob"))
                    .expect(200);
            assertThat(alice.cookies().get(SESSION).value())
                    .isNotEqualTo(before.get(SESSION).value());
            assertThat(alice.cookies().get(KEY).value())
                    .isNotEqualTo(before.get(KEY).value());
            assertThat(alice.token()).isNotEqualTo(token);
            assertThat(alice.open("").text())
                    .contains("bob@palomar.example")
                    .doesNotContain("alice@palomar.example</bdi>");
            try (Visitor old = stage.visitor()) {
                old.cookies().putAll(before);
                assertSignedOut(old);
            }
        }
    }

    @Test
    void s32_signingOutEndsEverything() {
        try (Visitor alice = stage.visitor().signedIn("alice");
                Visitor thief = stage.visitor()) {
            thief.cookies().putAll(alice.cookies());
            thief.get("mailboxes/INBOX").expect(200);
            Answer bye = alice.post("logout");
            assertThat(bye.header("Location")).endsWith("/login?reason=signedout");
            assertThat(alice.cookies()).doesNotContainKey(KEY);
            assertThat(alice.follow(bye).flash()).isNotBlank();
            assertSignedOut(thief);
            assertSignedOut(alice);
        }
    }

    private static void assertSignedOut(Visitor visitor) {
        for (String path : List.of("mailboxes/INBOX", "mailboxes", "compose", "tree", "")) {
            Answer answer = visitor.get(path);
            assertThat(answer.status()).as(path).isIn(302, 303);
            assertThat(answer.header("Location")).as(path).contains("/login");
        }
    }

    @Test
    void s32_identityComesFromTheSessionOnly() {
        try (Visitor alice = stage.visitor()
                .signedIn("alice")
                .with("X-Remote-User", "bob@palomar.example")
                .with("Authorization", "Basic Ym9iQHBhbG9tYXIuZXhhbXBsZTpib2I=")) {
            Answer page = alice.get("mailboxes/INBOX?username=bob@palomar.example&user=bob@palomar.example")
                    .expect(200);
            assertThat(page.text()).contains("alice@palomar.example");
            assertThat(page.html().select(".side-foot").text()).contains("alice@palomar.example");
            stage.smtp().forget();
            alice.upload(
                            "compose",
                            Map.of(
                                    "from",
                                    "bob@palomar.example",
                                    "username",
                                    "bob@palomar.example",
                                    "to",
                                    "carol@palomar.example",
                                    "subject",
                                    "s",
                                    "text",
                                    "t"),
                            "attachments",
                            List.of())
                    .expect(303);
            assertThat(stage.smtp().commands()).anyMatch(line -> line.startsWith("MAIL FROM:<alice@palomar.example>"));
            assertThat(new String(stage.smtp().messages().getFirst(), java.nio.charset.StandardCharsets.UTF_8))
                    .contains("From: alice@palomar.example");
        }
        try (Visitor nobody = stage.visitor().with("Authorization", "Basic Ym9iQHBhbG9tYXIuZXhhbXBsZTpib2I=")) {
            assertSignedOut(nobody);
        }
    }

    @Test
    void s32_onePersonsFilesAreNotAnothers() {
        try (Visitor alice = stage.visitor().signedIn("alice");
                Visitor bob = stage.visitor().signedIn("bob")) {
            Answer kept = alice.upload(
                            "compose/files",
                            Map.of(),
                            "attachments",
                            List.of(new Visitor.File(
                                    "secret.txt",
                                    "text/plain",
                                    "secret".getBytes(java.nio.charset.StandardCharsets.US_ASCII))))
                    .expect(200);
            String id = kept.html().select("input[name=file]").val();
            assertThat(id).hasSize(32);
            stage.smtp().forget();
            Answer stolen = bob.upload(
                    "compose",
                    Map.of("to", "bob@palomar.example", "subject", "s", "text", "t", "file", id),
                    "attachments",
                    List.of());
            assertThat(stolen.status()).isEqualTo(422);
            assertThat(stage.smtp().messages()).isEmpty();
        }
    }

    @Test
    void s32_cookiesAreClosedAndSecureBehindTls() {
        for (boolean tls : List.of(true, false)) {
            try (Visitor alice = stage.visitor()) {
                if (tls) {
                    alice.with("X-Forwarded-Proto", "https");
                }
                alice.signedIn("alice");
                assertThat(alice.cookies()).containsOnlyKeys(SESSION, KEY);
                for (Cookie cookie : alice.cookies().values()) {
                    assertThat(cookie.line()).contains("HttpOnly").contains("SameSite=Lax");
                    assertThat(cookie.secure()).as(cookie.line()).isEqualTo(tls);
                    assertThat(cookie.line()).doesNotContain("Domain").doesNotContain("Expires");
                }
            }
        }
    }

    @Test
    void s32_theAddressNeverCarriesTheSession() {
        try (Visitor alice = stage.visitor().signedIn("alice");
                Visitor thief = stage.visitor()) {
            String session = alice.cookies().get(SESSION).value();
            assertThat(alice.get("mailboxes/INBOX").text())
                    .doesNotContain(session)
                    .doesNotContain("jsessionid");
            Answer answer = thief.get("mailboxes/INBOX;jsessionid=" + session);
            assertThat(answer.status()).isNotEqualTo(200);
        }
    }

    @Test
    void s35_signInLeadsNowhereElse() {
        List<String> faults = new ArrayList<>();
        for (String next : List.of(
                "https://evil.example/",
                "//evil.example/mailboxes",
                "///evil.example/mailboxes",
                "/\\evil.example/mailboxes",
                "\\\\evil.example",
                "/mailboxes\\..\\..\\evil.example",
                "/mailboxes/@evil.example\r\nLocation: https://evil.example/",
                "/mailboxes\r\nSet-Cookie: evil=1",
                "javascript:alert(1)//mailboxes",
                "https:/mailboxes",
                "/mailboxes:80@evil.example",
                "mailboxes/INBOX",
                "/%2fevil.example/mailboxes",
                "/.evil.example",
                "/logout",
                "/mailboxes/${7*191}",
                "/mailboxes/{evil}",
                "http:///mailboxes",
                "/\tevil.example/mailboxes",
                "data:text/html,/mailboxes",
                "/mailboxes/../../evil",
                "")) {
            try (Visitor bob = stage.visitor()) {
                bob.get("login?next=" + java.net.URLEncoder.encode(next, java.nio.charset.StandardCharsets.UTF_8));
                Answer answer = bob.post("login", "username", "bob@palomar.example", "password", "bob", "next", next);
                String location = answer.header("Location");
                java.net.URI target = answer.uri().resolve(location.isEmpty() ? "missing:" : location);
                if (answer.status() != 303
                        || !location.matches("/(mailboxes|compose)[^\\\\]*")
                        || !bob.base().getAuthority().equals(target.getAuthority())) {
                    faults.add(next + " led to " + answer.status() + " " + location);
                }
                if (answer.headers().allValues("Set-Cookie").stream().anyMatch(line -> line.startsWith("evil"))) {
                    faults.add(next + " set a cookie");
                }
            }
        }
        assertThat(faults).as(String.join("\n", faults)).isEmpty();
    }

    @Test
    void s35_signInLeadsBackToThePageThatWasAskedFor() {
        try (Visitor alice = stage.visitor()) {
            Answer door = alice.open("mailboxes/Sent?page=1");
            assertThat(door.uri().getPath()).isEqualTo("/login");
            String next = door.html()
                    .select("form[data-testid=login-form] input[name=next]")
                    .val();
            assertThat(next).isEqualTo("/mailboxes/Sent?page=1");
            Answer wrong = alice.post("login", "username", "alice@palomar.example", "password", "x", "next", next);
            assertThat(wrong.html().select("input[name=next]").val()).isEqualTo(next);
            Answer in = alice.post("login", "username", "alice@palomar.example", "password", "alice", "next", next);
            assertThat(in.header("Location")).isEqualTo("/mailboxes/Sent?page=1");
        }
    }

    @Test
    void s45_anAccountIsSlowedDownFromWhereverTheGuessesCome() {
        for (int guess = 0; guess < 8; guess++) {
            try (Visitor guesser = stage.visitor().with("X-Forwarded-For", "198.51.100." + guess)) {
                guess(guesser, "dora@palomar.example", "guess" + guess).expect(401);
            }
        }
        try (Visitor guesser = stage.visitor().with("X-Forwarded-For", "198.51.100.99")) {
            Answer answer = guess(guesser, " DORA@palomar.example ", "dora").expect(429);
            assertThat(answer.flash())
                    .isNotBlank()
                    .isNotEqualTo(guess(guesser, "eva@palomar.example", "x").flash());
            // Another account from the same place is not.
            assertThat(guess(guesser, "alice@palomar.example", "alice").status())
                    .isEqualTo(303);
        }
    }

    @Test
    void s45_anAddressIsSlowedDownWhateverItPretends() {
        for (int guess = 0; guess < 40; guess++) {
            // What the guesser writes in front is not believed: nginx appends the address it saw.
            try (Visitor guesser = stage.visitor().with("X-Forwarded-For", "192.0.2." + guess + ", 198.51.100.200")) {
                guess(guesser, "someone" + guess + "@palomar.example", "guess").expect(401);
            }
        }
        try (Visitor guesser = stage.visitor().with("X-Forwarded-For", "198.51.100.200")) {
            guess(guesser, "alice@palomar.example", "alice").expect(429);
        }
        try (Visitor other = stage.visitor().with("X-Forwarded-For", "198.51.100.201")) {
            assertThat(guess(other, "alice@palomar.example", "alice").status()).isEqualTo(303);
        }
    }

    private static Answer guess(Visitor visitor, String username, String password) {
        visitor.open("login");
        return visitor.post("login", "username", username, "password", password);
    }
}
