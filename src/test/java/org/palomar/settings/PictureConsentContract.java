package org.palomar.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.palomar.store.Store;
import org.palomar.testing.SettableClock;

/** What is chosen about pictures, on any database. */
abstract class PictureConsentContract {

    private final String alice = "alice-" + UUID.randomUUID();
    private final String bob = "bob-" + UUID.randomUUID();

    abstract Store store();

    private PictureConsent consent() {
        return new PictureConsent(store(), new SettableClock());
    }

    @Test
    void nobodyIsShownUntilChosen() {
        PictureConsent consent = consent();
        assertThat(consent.policy(alice)).isEqualTo(PicturePolicy.ASK);
        assertThat(consent.shows(alice, "shop@elsewhere.example")).isFalse();
    }

    @Test
    void aSenderIsChosenAndForgotten() {
        PictureConsent consent = consent();
        assertThat(consent.trust(alice, " Shop@Elsewhere.example ")).isTrue();
        assertThat(consent.trust(alice, "shop@elsewhere.example")).as("again").isTrue();
        assertThat(consent.trust(alice, "o'hara\"; drop table picture_sender; --@x.example"))
                .isTrue();
        assertThat(consent.shows(alice, "SHOP@elsewhere.example")).isTrue();
        assertThat(consent.shows(bob, "shop@elsewhere.example"))
                .as("each for oneself")
                .isFalse();
        assertThat(consent.shows(alice, "")).isFalse();
        consent.forget(alice, "Shop@elsewhere.example");
        assertThat(consent.senders(alice)).containsExactly("o'hara\"; drop table picture_sender; --@x.example");
    }

    @Test
    void whatIsNoAddressIsRefused() {
        PictureConsent consent = consent();
        for (String address :
                new String[] {"", "shop", "@", "@elsewhere.example", "shop@", "x".repeat(320) + "@y.example"}) {
            assertThat(consent.trust(alice, address)).as(address).isFalse();
        }
        assertThat(consent.senders(alice)).isEmpty();
    }

    @Test
    void thePolicyIsKept() {
        PictureConsent consent = consent();
        consent.choose(alice, PicturePolicy.ALWAYS);
        assertThat(consent.policy(alice)).isEqualTo(PicturePolicy.ALWAYS);
        assertThat(consent.shows(alice, "anybody@elsewhere.example")).isTrue();
        assertThat(consent.shows(bob, "anybody@elsewhere.example")).isFalse();
        consent.choose(alice, PicturePolicy.ASK);
        assertThat(consent.policy(alice)).isEqualTo(PicturePolicy.ASK);
    }

    @Test
    void manyAtOnceDoNotDisturbEachOther() {
        PictureConsent consent = consent();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 40; i++) {
                int n = i;
                threads.execute(() -> {
                    consent.choose(alice, PicturePolicy.ALWAYS);
                    consent.trust(alice, "shop" + n % 4 + "@elsewhere.example");
                });
            }
        }
        assertThat(consent.policy(alice)).isEqualTo(PicturePolicy.ALWAYS);
        assertThat(consent.senders(alice)).hasSize(4);
    }
}
