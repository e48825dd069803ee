package org.palomar.migration.discovery;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.palomar.domain.Domain;
import org.palomar.door.ClosedException;
import org.palomar.door.Door;
import org.palomar.door.Terms;
import org.palomar.migration.Kind;
import org.palomar.migration.Security;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * Finds the servers of an address: SRV records (RFC 6186), then the autoconfiguration of its own domain over https. The address goes
 * nowhere, only its domain does; no other domain is asked, and never without TLS (THREATS S42). Safe for use by many threads.
 */
@Component
public class Discovery {

    private static final Duration TIME = Duration.ofSeconds(4);
    private static final int OCTETS = 200_000;

    private final ServiceRecords records;
    private final Files files;

    @Autowired
    Discovery(Door door) {
        this(new DnsServiceRecords(), url -> {
            try {
                var answer = door.get(url, new Terms(false, OCTETS, TIME, "text/xml, application/xml"));
                return answer.status() == 200 ? Optional.of(answer.body()) : Optional.empty();
            } catch (ClosedException _) {
                return Optional.empty();
            }
        });
    }

    Discovery(ServiceRecords records, Files files) {
        this.records = records;
        this.files = files;
    }

    /** Fetches what lies at an https URL. */
    @FunctionalInterface
    interface Files {
        Optional<byte[]> at(String url);
    }

    /** What seems to be there, the likeliest first; none where nothing is known. Takes some seconds at most. */
    public List<Found> of(Kind kind, String address) {
        Domain domain = Domain.ofAddress(address).orElse(null);
        if (domain == null) {
            return List.of();
        }
        List<Found> found = new ArrayList<>(services(kind, domain, address));
        if (found.isEmpty()) {
            for (String url : List.of(
                    "https://autoconfig." + domain.ascii() + "/mail/config-v1.1.xml",
                    "https://" + domain.ascii() + "/.well-known/autoconfig/mail/config-v1.1.xml")) {
                if (found.isEmpty()) {
                    files.at(url).ifPresent(xml -> found.addAll(Autoconfig.read(xml, address)));
                }
            }
        }
        return found.stream()
                .filter(each -> each.kind() == kind)
                .map(each -> new Found(
                        each.kind(),
                        each.host(),
                        each.port(),
                        each.security(),
                        each.username().isEmpty() ? address : each.username(),
                        Domain.parse(each.host()).filter(domain::sameOwner).isEmpty()))
                .toList();
    }

    private List<Found> services(Kind kind, Domain domain, String address) {
        String word = kind == Kind.POP3 ? "pop3" : "imap";
        List<Found> found = new ArrayList<>();
        for (ServiceRecords.Service service : records.of("_" + word + "s._tcp." + domain.ascii())) {
            add(found, kind, service, Security.TLS, address);
        }
        for (ServiceRecords.Service service : records.of("_" + word + "._tcp." + domain.ascii())) {
            add(found, kind, service, Security.STARTTLS, address);
        }
        return found;
    }

    /** A dot alone says that there is no such service. */
    private static void add(
            List<Found> found, Kind kind, ServiceRecords.Service service, Security security, String address) {
        boolean offered = !service.host().isEmpty() && service.port() > 0 && service.port() <= 65_535;
        if (offered) {
            found.add(new Found(kind, service.host(), service.port(), security, address, false));
        }
    }
}
