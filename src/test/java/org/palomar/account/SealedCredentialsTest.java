package org.palomar.account;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.palomar.mail.Credentials;

class SealedCredentialsTest {

    private static final Credentials ALICE =
            new Credentials("alice@palomar.example", "contraseña con espacios \"y\" más");

    @Test
    void opensWithItsKeyAlone() {
        SealedCredentials sealed = SealedCredentials.seal(ALICE);
        assertThat(new SealedCredentials(sealed.sealedText(), sealed.key()).open())
                .contains(ALICE);
        SealedCredentials other = SealedCredentials.seal(ALICE);
        assertThat(new SealedCredentials(sealed.sealedText(), other.key()).open())
                .isEmpty();
        assertThat(other.sealedText()).isNotEqualTo(sealed.sealedText());
    }

    @Test
    void theSessionStoreHoldsNoWordOfThem() {
        SealedCredentials sealed = SealedCredentials.seal(ALICE);
        assertThat(sealed.sealedText()).doesNotContain("alice").doesNotContain(sealed.key());
        assertThat(sealed.toString()).doesNotContain(sealed.key()).doesNotContain(sealed.sealedText());
    }

    @Test
    void tamperedTextDoesNotOpen() {
        SealedCredentials sealed = SealedCredentials.seal(ALICE);
        char first = sealed.sealedText().charAt(20);
        String tampered = sealed.sealedText().substring(0, 20)
                + (first == 'A' ? 'B' : 'A')
                + sealed.sealedText().substring(21);
        assertThat(new SealedCredentials(tampered, sealed.key()).open()).isEmpty();
        assertThat(new SealedCredentials("", sealed.key()).open()).isEmpty();
        assertThat(new SealedCredentials("%%%", "%%%").open()).isEmpty();
    }
}
