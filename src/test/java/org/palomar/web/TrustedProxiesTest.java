package org.palomar.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrustedProxiesTest {

    private final TrustedProxies proxies = new TrustedProxies(List.of("127.0.0.1", "10.1.0.0/16", "2001:db8::/32"));

    @Test
    void trustsNobodyByDefault() {
        assertThat(new TrustedProxies(List.of()).trusts("127.0.0.1")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "10.1.255.3", "2001:db8::7"})
    void trustsWhatIsNamed(String address) {
        assertThat(proxies.trusts(address)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"127.0.0.2", "10.2.0.1", "::1", "2001:db9::1", "localhost", "", "2130706433", "10.1.0.1, 1.1.1.1"
            })
    void trustsNothingElse(String address) {
        assertThat(proxies.trusts(address)).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "203.0.113.9                                  | 203.0.113.9",
                "203.0.113.9, 10.1.2.3                        | 203.0.113.9",
                "198.51.100.1, 203.0.113.9                    | 203.0.113.9",
                "10.1.9.9, 203.0.113.9, 10.1.2.3              | 203.0.113.9",
                "203.0.113.9:4711                             | 203.0.113.9",
                "[2001:db9::5]:4711                           | 2001:db9::5",
                "2001:db9::5                                  | 2001:db9::5",
                "10.1.2.3                                     | 10.1.2.3",
                "203.0.113.9, unknown, 10.1.2.3               | 10.1.2.3",
                "nonsense                                     | 127.0.0.1",
                "''                                           | 127.0.0.1",
            })
    void theClientIsTheNearestStranger(String forwardedFor, String client) {
        assertThat(proxies.client("127.0.0.1", forwardedFor)).isEqualTo(client);
    }

    @Test
    void refusesNamesBecauseTheyCouldPointAnywhere() {
        assertThatThrownBy(() -> new TrustedProxies(List.of("proxy.example")))
                .hasMessageContaining("palomar.trusted-proxies takes IP addresses and CIDR blocks");
    }
}
