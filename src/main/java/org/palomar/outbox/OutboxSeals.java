package org.palomar.outbox;

import java.util.Optional;
import org.palomar.mail.Credentials;
import org.palomar.store.Sealing;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** What is in a row of the outbox, under the server's key; each text opens in its own row only. Safe for use by many threads. */
@Component
class OutboxSeals {

    private final Sealing sealing;
    private final JsonMapper json;

    OutboxSeals(Sealing sealing, JsonMapper json) {
        this.sealing = sealing;
        this.json = json;
    }

    boolean isUsable() {
        return sealing.isUsable();
    }

    String seal(OutboxRow row, Parcel parcel) {
        return sealing.seal(where("parcel", row.person(), row.id()), json.writeValueAsString(parcel));
    }

    Optional<Parcel> parcel(String person, String id, String text) {
        return sealing.openText(where("parcel", person, id), text)
                .map(written -> json.readValue(written, Parcel.class));
    }

    String seal(OutboxRow row, Credentials credentials) {
        return sealing.seal(
                where("credentials", row.person(), row.id()), credentials.username() + "\n" + credentials.password());
    }

    Optional<Credentials> credentials(OutboxRow row, String text) {
        return sealing.openText(where("credentials", row.person(), row.id()), text)
                .map(written -> written.split("\n", 2))
                .map(parts -> new Credentials(parts[0], parts[1]));
    }

    String seal(OutboxRow row, int place, byte[] piece) {
        return sealing.seal(where("piece" + place, row.person(), row.id()), piece);
    }

    Optional<byte[]> piece(OutboxRow row, int place, String text) {
        return sealing.open(where("piece" + place, row.person(), row.id()), text);
    }

    private static String where(String what, String person, String id) {
        return "outbox/" + what + "/" + person + "/" + id;
    }
}
