package org.palomar.mailbox;

import org.jspecify.annotations.Nullable;
import org.palomar.mail.Uid;
import org.palomar.mail.UidValidity;

/**
 * All messages of a mailbox as the person saw them, chosen with {@code select=mailbox}.
 *
 * @param newest the newest message that was there; what arrives later is not meant
 * @param total how many there were
 */
public record WholeMailbox(UidValidity uidValidity, Uid newest, int total) {

    /**
     * What the form of the list says about the choice. It holds only as long as every row that was shown is still ticked:
     * whoever takes one out means the others on the page.
     *
     * @param scope {@code all} for the whole mailbox
     * @param shown how many rows the page had
     */
    record Choice(
            @Nullable String scope,
            @Nullable Long uidvalidity,
            @Nullable Long newest,
            @Nullable Integer shown,
            @Nullable Integer total) {

        /** The whole mailbox, or null when the ticked messages are meant. */
        @Nullable
        WholeMailbox whole(int ticked) {
            if (!"all".equals(scope) || uidvalidity == null || newest == null || shown == null || ticked < shown) {
                return null;
            }
            return new WholeMailbox(new UidValidity(uidvalidity), new Uid(newest), total == null ? 0 : total);
        }
    }
}
