package org.palomar.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.palomar.testing.Product;

/**
 * The benchmark finds every operation's answer right, on a small mailbox; Roundcube's too, where it is installed. Measures
 * nothing.
 */
class BenchIT {

    @Test
    void everyOperationIsAnswered() throws IOException {
        String missing = RoundcubeServer.missing();
        if (!missing.isEmpty()) {
            System.err.println(missing);
        }
        try (Site site = new Site(200, 2, 1 << 20);
                RoundcubeServer roundcube = missing.isEmpty() ? new RoundcubeServer(site) : null;
                Product product = Product.start(site.settings(site.imapPort()).toArray(String[]::new))) {
            assertThat(new Bench(site, roundcube, List.of(), 1).check(product.port()))
                    .isGreaterThanOrEqualTo(25);
            Bench bench = new Bench(site, roundcube, List.of("tree", "list.first"), 1);
            assertThat(Report.table(
                            List.copyOf(bench.time(product.port(), 0, () -> 0).values())))
                    .contains("| list, page 1 | ", roundcube == null ? " | KB | " : " - | - | ");
            assertThat(Report.heading(Options.parse(), roundcube == null ? "" : RoundcubeServer.version()))
                    .contains("10,000 messages", roundcube == null ? "no Roundcube" : "Roundcube 1.");
            assertThat(Arrival.run(site, product.port(), 2).count()).isEqualTo(2);
            assertThat(Homecoming.run(site, product.port(), 20)).contains("messages a second");
            assertThat(Load.run(user -> PalomarPages.signedIn(product.port(), user), site.crowd(), 0, 1)
                            .failed())
                    .isZero();
            if (roundcube != null) {
                assertThat(Load.run(user -> RoundcubePages.signedIn(roundcube.port(), user), site.crowd(), 0, 1)
                                .failed())
                        .isZero();
            }
        }
    }
}
