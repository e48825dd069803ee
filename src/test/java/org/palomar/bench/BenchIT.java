package org.palomar.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.palomar.testing.Product;

/** The benchmark finds every operation's answer right, on a small mailbox. Measures nothing. */
class BenchIT {

    @Test
    void everyOperationIsAnswered() throws IOException {
        try (Site site = new Site(200, 2, 1 << 20);
                Product product = Product.start(site.settings(site.imapPort()).toArray(String[]::new))) {
            assertThat(new Bench(site, List.of(), 1).check(product.port())).isGreaterThanOrEqualTo(17);
            assertThat(Load.run(product.port(), site, 0, 1).failed()).isZero();
        }
    }
}
