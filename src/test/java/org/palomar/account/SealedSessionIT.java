package org.palomar.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.apache.catalina.Session;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.palomar.testing.DovecotServer;
import org.palomar.testing.Product;
import org.palomar.testing.Visitor;
import org.palomar.testing.Visitor.Answer;
import org.palomar.testing.Visitor.Cookie;

/** What survives a restart and what does not: the session store and the cookie together, neither alone. */
class SealedSessionIT {

    private static final String SESSION = "JSESSIONID";
    private static final String KEY = "palomar_key";

    private static DovecotServer dovecot;
    private static Product product;

    @BeforeAll
    static void start() {
        dovecot = DovecotServer.start();
        product = Product.at(dovecot.port());
    }

    @AfterAll
    static void stop() {
        if (product != null) {
            product.close();
        }
        if (dovecot != null) {
            dovecot.close();
        }
    }

    /** Connections of a person that Dovecot has not seen end. */
    private static long connections(String user) {
        String log = dovecot.log();
        return count(log, "imap-login: Info: Login: user=<" + user + ">")
                - count(
                        log,
                        "imap\\(" + user + "\\)<[0-9]+><[^>]+>: Info: (Disconnected|Logged out|Connection closed)");
    }

    private static long count(String log, String pattern) {
        return Pattern.compile(pattern).matcher(log).results().count();
    }

    private static void assertConnections(String user, long wanted) {
        Awaitility.await()
                .atMost(10, TimeUnit.SECONDS)
                .untilAsserted(() -> assertThat(connections(user)).isEqualTo(wanted));
    }

    private static boolean isOpen(Visitor visitor) {
        Answer answer = visitor.get("mailboxes/INBOX");
        if (answer.status() != 200) {
            assertThat(answer.status()).isIn(302, 303);
            assertThat(answer.header("Location")).contains("/login");
        }
        return answer.status() == 200;
    }

    /** The store as another process finds it. */
    private static void copySession(Product from, Product to, String id) throws Exception {
        Session original = from.sessions().findSession(id);
        Session copy = to.sessions().createSession(id);
        for (String name : Collections.list(original.getSession().getAttributeNames())) {
            copy.getSession().setAttribute(name, original.getSession().getAttribute(name));
        }
    }

    @Test
    void s32_aRestartWithTheSessionStoreSignsNobodyOut() throws Exception {
        Product first = Product.at(dovecot.port());
        Map<String, Cookie> cookies;
        try (Visitor before = first.visitor().signedIn("carol")) {
            cookies = Map.copyOf(before.cookies());
            before.get("mailboxes/Sent").expect(200);
            assertThat(connections("carol@palomar.example")).isPositive();
            copySession(first, product, cookies.get(SESSION).value());
        } finally {
            first.close();
        }
        assertConnections("carol@palomar.example", 0);

        // The store alone, as whoever copies it has it: every session's id, but no key.
        try (Visitor thief = product.visitor()) {
            thief.cookies().put(SESSION, cookies.get(SESSION));
            assertThat(isOpen(thief)).isFalse();
            thief.cookies().put(KEY, new Cookie(KEY, "A".repeat(43), "/", false, ""));
            assertThat(isOpen(thief)).isFalse();
            thief.cookies().put(KEY, new Cookie(KEY, "not base64!", "/", false, ""));
            assertThat(isOpen(thief)).isFalse();
        }
        // The key alone.
        try (Visitor thief = product.visitor()) {
            thief.cookies().put(KEY, cookies.get(KEY));
            assertThat(isOpen(thief)).isFalse();
        }
        assertConnections("carol@palomar.example", 0);
        try (Visitor after = product.visitor()) {
            after.cookies().putAll(cookies);
            assertThat(isOpen(after)).isTrue();
            after.get("mailboxes/Sent").expect(200);
            after.post("mailboxes", "name", "After the restart", "parent", "").expect(303);
            assertThat(after.get("mailboxes").text()).contains("After the restart");
            after.post("logout");
            assertThat(isOpen(after)).isFalse();
        }
        assertConnections("carol@palomar.example", 0);
    }

    @Test
    void s32_theStoreHoldsNothingThatOpensALivingSession() {
        try (Visitor bob = product.visitor().signedIn("bob");
                Visitor thief = product.visitor()) {
            // The mail session is open in this very process; the id alone must not be enough.
            thief.cookies().put(SESSION, bob.cookies().get(SESSION));
            assertThat(isOpen(thief)).isFalse();
            assertThat(isOpen(bob)).isTrue();
            bob.post("logout");
        }
    }

    @Test
    void s32_neitherPasswordNorKeyLiesInTheSession() throws Exception {
        try (Visitor alice = product.visitor().signedIn("alice")) {
            Session session =
                    product.sessions().findSession(alice.cookies().get(SESSION).value());
            for (String name : Collections.list(session.getSession().getAttributeNames())) {
                Object value = session.getSession().getAttribute(name);
                assertThat(String.valueOf(value))
                        .as(name)
                        .doesNotContain(alice.cookies().get(KEY).value())
                        .doesNotContain("=alice,")
                        .doesNotContain("password");
            }
            assertThat(session.getSession().getAttribute(MailSessions.SEALED)).isInstanceOf(String.class);
            alice.post("logout");
        }
        assertConnections("alice@palomar.example", 0);
    }

    @Test
    void signOutClosesTheConnections() {
        try (Visitor bob = product.visitor().signedIn("bob")) {
            for (String mailbox : List.of("Sent", "Trash", "Archive")) {
                bob.get("mailboxes/" + mailbox).expect(200);
            }
            assertThat(connections("bob@palomar.example")).isBetween(1L, 4L);
            bob.post("logout");
            assertConnections("bob@palomar.example", 0);
        }
    }

    @Test
    void expiryClosesTheConnections() throws Exception {
        try (Visitor bob = product.visitor().signedIn("bob")) {
            assertThat(connections("bob@palomar.example")).isPositive();
            product.sessions().findSession(bob.cookies().get(SESSION).value()).expire();
            assertConnections("bob@palomar.example", 0);
            assertThat(isOpen(bob)).isFalse();
            assertThat(bob.open("mailboxes/INBOX").flash()).isNotBlank();
        }
    }
}
