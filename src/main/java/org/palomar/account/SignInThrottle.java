package org.palomar.account;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.stereotype.Component;

/**
 * Slows down guessing: after too many wrong passwords an account, or an address from which they come, has to wait. The
 * client's address is the one behind trusted proxies. Bounded memory; safe for use by many threads.
 */
@Component
class SignInThrottle {

    private final SignInProperties limits;
    private final Cache<String, Integer> failures;

    SignInThrottle(SignInProperties limits, Clock clock) {
        this.limits = limits;
        Ticker ticker = () -> TimeUnit.MILLISECONDS.toNanos(clock.millis());
        this.failures = Caffeine.newBuilder()
                .expireAfterWrite(limits.window())
                .maximumSize(100_000)
                .ticker(ticker)
                .build();
    }

    /**
     * Lets an attempt through, and counts it at once, so that many at the same time gain nothing. Afterwards say
     * {@link #succeeded} or {@link #undecided}; a wrong password stays counted.
     *
     * @return false when the account or the address has to wait; waiting attempts do not make it longer
     */
    boolean admit(String username, String address) {
        String account = account(username);
        String client = client(address);
        if (count(account) >= limits.perAccount() || count(client) >= limits.perAddress()) {
            return false;
        }
        if (add(account, 1) > limits.perAccount()) {
            add(account, -1);
            return false;
        }
        if (add(client, 1) > limits.perAddress()) {
            add(client, -1);
            add(account, -1);
            return false;
        }
        return true;
    }

    /** A right password clears the account, not the address: other accounts may be under attack from there. */
    void succeeded(String username, String address) {
        failures.invalidate(account(username));
        add(client(address), -1);
    }

    /** The server could not say whether the password was right. */
    void undecided(String username, String address) {
        add(account(username), -1);
        add(client(address), -1);
    }

    private int add(String key, int count) {
        return failures.asMap().merge(key, Math.max(count, 0), (before, _) -> Math.max(before + count, 0));
    }

    private int count(String key) {
        Integer count = failures.getIfPresent(key);
        return count == null ? 0 : count;
    }

    private static String account(String username) {
        return "a:" + username.strip().toLowerCase(Locale.ROOT);
    }

    private static String client(String address) {
        return "c:" + address;
    }

    /**
     * {@code palomar.sign-in.*}.
     *
     * @param perAccount wrong passwords for one account before it has to wait
     * @param perAddress the same for one client address, where many people may sit behind one
     * @param window how long to wait after the last wrong password
     */
    @ConfigurationProperties("palomar.sign-in")
    record SignInProperties(
            @DefaultValue("8") int perAccount,
            @DefaultValue("40") int perAddress,
            @DefaultValue("10m") Duration window) {}
}
