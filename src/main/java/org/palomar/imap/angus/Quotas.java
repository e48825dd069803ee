package org.palomar.imap.angus;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.palomar.mail.MailboxName;
import org.palomar.mail.Quota;

/** GETQUOTAROOT (RFC 9208); only STORAGE, which counts in units of 1,024 octets. */
final class Quotas {

    private static final int UNIT = 1_024;

    private Quotas() {}

    static List<Quota> of(ImapConnection connection, MailboxName mailbox) {
        if (!connection.offers("QUOTA")) {
            return List.of();
        }
        Answer answer = connection
                .run(Command.read("GETQUOTAROOT", connection.names().argument(mailbox)))
                .orThrow();
        Map<String, Quota> quotas = new TreeMap<>();
        answer.data("QUOTA").forEach(response -> {
            try {
                read(response.values().rest(), quotas);
            } catch (ValueReader.Malformed e) {
                // A mailbox without its bar is better than an error.
                return;
            }
        });
        return List.copyOf(quotas.values());
    }

    private static void read(List<Value> values, Map<String, Quota> quotas) {
        String root = values.isEmpty() ? null : values.getFirst().string();
        List<Value> resources =
                new ArrayList<>(values.size() < 2 ? List.of() : values.get(1).members());
        for (int i = 0; i + 2 < resources.size(); i += 3) {
            long used = resources.get(i + 1).number(-1);
            long limit = resources.get(i + 2).number(-1);
            if ("STORAGE".equalsIgnoreCase(resources.get(i).string()) && used >= 0 && limit > 0) {
                String name = root == null ? "" : root;
                quotas.put(name, new Quota(name, used * UNIT, limit * UNIT));
            }
        }
    }
}
