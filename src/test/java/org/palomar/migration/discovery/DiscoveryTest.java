package org.palomar.migration.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.palomar.migration.Kind;
import org.palomar.migration.Security;
import org.palomar.migration.discovery.ServiceRecords.Service;

/** Where the mail of an address is, and who is asked for it. */
class DiscoveryTest {

    private static final String FILE = """
            <?xml version="1.0"?>
            <clientConfig version="1.1"><emailProvider id="old.example"><domain>old.example</domain>
            <incomingServer type="imap"><hostname>imap.old.example</hostname><port>993</port><socketType>SSL</socketType>
            <username>%EMAILADDRESS%</username></incomingServer>
            <incomingServer type="pop3"><hostname>bare.old.example</hostname><port>110</port><socketType>plain</socketType>
            <username>%EMAILLOCALPART%</username></incomingServer>
            <incomingServer type="pop3"><hostname>pop.%EMAILDOMAIN%</hostname><port>110</port><socketType>STARTTLS</socketType>
            <username>%EMAILLOCALPART%</username></incomingServer>
            </emailProvider></clientConfig>""";

    private final List<String> asked = new ArrayList<>();

    private Discovery discovery(String xml, Service... pop3s) {
        return new Discovery(
                name -> {
                    asked.add(name);
                    return name.startsWith("_pop3s.") ? List.of(pop3s) : List.of();
                },
                url -> {
                    asked.add(url);
                    return url.contains(".well-known") && !xml.isEmpty()
                            ? Optional.of(xml.getBytes(StandardCharsets.UTF_8))
                            : Optional.empty();
                });
    }

    @Test
    void serviceRecordsComeFirst() {
        List<Found> found =
                discovery(FILE, new Service(0, 1, 995, "mail.old.example")).of(Kind.POP3, "bob@old.example");
        assertThat(found)
                .containsExactly(new Found(Kind.POP3, "mail.old.example", 995, Security.TLS, "bob@old.example", false));
        assertThat(asked).containsExactly("_pop3s._tcp.old.example", "_pop3._tcp.old.example");
    }

    @Test
    void theFileOfTheDomainIsReadElse() {
        assertThat(discovery(FILE).of(Kind.POP3, "bob@old.example"))
                .containsExactly(new Found(Kind.POP3, "pop.old.example", 110, Security.STARTTLS, "bob", false));
        assertThat(discovery(FILE).of(Kind.IMAP, "bob@old.example"))
                .extracting(Found::username)
                .containsExactly("bob@old.example");
    }

    /** The address itself is told to nobody; only its own domain is asked, over TLS. */
    @Test
    void s42_asksTheDomainAloneAndOnlyOverTls() {
        discovery("").of(Kind.POP3, "bob@mail.old.example");
        assertThat(asked)
                .containsExactly(
                        "_pop3s._tcp.mail.old.example",
                        "_pop3._tcp.mail.old.example",
                        "https://autoconfig.mail.old.example/mail/config-v1.1.xml",
                        "https://mail.old.example/.well-known/autoconfig/mail/config-v1.1.xml")
                .noneMatch(each -> each.contains("bob"));
    }

    @Test
    void s42_aServerOfAnotherDomainIsSaidToBeOne() {
        assertThat(discovery("", new Service(0, 1, 995, "pop.provider.example"))
                        .of(Kind.POP3, "bob@old.example")
                        .getFirst()
                        .foreign())
                .isTrue();
    }

    @Test
    void aFileOfAStrangerIsNotTrusted() {
        String entity = "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]>" + FILE.replace("pop.%", "&e;%");
        assertThat(discovery(entity).of(Kind.POP3, "bob@old.example")).isEmpty();
        assertThat(discovery("<incomingServer type='pop3'><port>x").of(Kind.POP3, "bob@old.example"))
                .isEmpty();
        assertThat(discovery(FILE).of(Kind.POP3, "nobody")).isEmpty();
    }
}
