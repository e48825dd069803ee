package org.palomar.imap;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.palomar.mail.Inventory;
import org.palomar.mail.Uid;
import org.palomar.testing.DovecotServer;

class DovecotMailSessionIT extends MailSessionContract {

    private DovecotServer server;

    @Override
    int port() {
        server = DovecotServer.start();
        return server.port();
    }

    /** So many that those that went are looked for by their sequence numbers. */
    @Test
    void findsTheFewThatWentAmongMany() {
        for (int i = 0; i < 6_000; i++) {
            server.put("alice@palomar.example", "INBOX", message("n" + i).getBytes(StandardCharsets.UTF_8));
        }
        Inventory known = session.examine(INBOX, OpenMailbox::inventory);
        assertThat(known.uids().size()).isEqualTo(6_000);
        Random random = new Random(3);
        for (int went : List.of(1, 2, 13, 20, 21)) {
            List<Uid> uids = new ArrayList<>(known.uids().list());
            List<Uid> victims = went == 2
                    ? List.of(uids.getFirst(), uids.getLast())
                    : went == 13
                            ? uids.subList(100, 113)
                            : random.ints(0, uids.size())
                                    .distinct()
                                    .limit(went)
                                    .mapToObj(uids::get)
                                    .sorted()
                                    .toList();
            try (MailSession other = connector.open(ALICE, null)) {
                other.select(INBOX, open -> {
                    open.expunge(victims);
                    return true;
                });
            }
            Uid arrived = append(INBOX, "again").uid();
            Inventory before = known;
            proxy.forget();
            OpenMailbox.Difference difference = session.examine(INBOX, open -> open.since(before));
            assertThat(proxy.roundTrips()).as(proxy.commands().toString()).isLessThanOrEqualTo(3);
            assertThat(proxy.commands())
                    .filteredOn(line -> line.contains("SEARCH"))
                    .hasSize(went > 20 ? 1 : 0);
            assertThat(difference.gone().list()).isEqualTo(victims);
            assertThat(difference.arrived().list()).containsExactly(arrived);
            known = session.examine(INBOX, OpenMailbox::inventory);
            assertThat(difference.now()).isEqualTo(known);
        }
    }

    @AfterEach
    void stop() {
        if (server != null) {
            server.close();
        }
    }
}
