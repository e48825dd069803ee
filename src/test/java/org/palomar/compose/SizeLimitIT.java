package org.palomar.compose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.palomar.testing.DovecotServer;
import org.palomar.testing.PostfixServer;
import org.palomar.testing.Product;
import org.palomar.testing.Visitor;
import org.palomar.testing.Visitor.Answer;

/** A submission server that takes less than the operator allows (RFC 1870): said before anything goes up. */
class SizeLimitIT {

    @Test
    void theServersLimitHolds() {
        try (DovecotServer dovecot =
                        DovecotServer.builder().lmtp().auth().maxConnections(50).start();
                PostfixServer postfix = PostfixServer.deliveringTo(dovecot.lmtpPort())
                        .sasl(dovecot.authPort())
                        .sizeLimit(3 << 20)
                        .start();
                Product product = Product.at(
                        dovecot.port(),
                        "palomar.smtp.host=127.0.0.1",
                        "palomar.smtp.port=" + postfix.port(),
                        "palomar.smtp.security=plain");
                Visitor alice = product.visitor().signedIn("alice");
                Visitor bob = product.visitor().signedIn("bob")) {
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(alice.open("compose")
                                    .html()
                                    .select(".limit")
                                    .text())
                            .isEqualTo("Up to 2 MB of files"));
            Answer refused = upload(alice, 2_200_000);
            assertThat(refused.status()).isEqualTo(422);
            assertThat(refused.text()).contains("larger than 2 MB together");

            String id =
                    upload(alice, 2_100_000).expect(200).html().select("input").val();
            Answer sent = alice.upload(
                    "compose",
                    Map.of("to", "bob@palomar.example", "subject", "As large as may be", "text", "x", "file", id),
                    "attachments",
                    List.of());
            assertThat(sent.status()).isEqualTo(303);
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(
                            () -> assertThat(bob.open("mailboxes/INBOX").text()).contains("As large as may be"));
        }
    }

    private static Answer upload(Visitor alice, int octets) {
        return alice.upload(
                "compose/files",
                Map.of(),
                "attachments",
                List.of(new Visitor.File("large.bin", "application/octet-stream", new byte[octets])));
    }
}
