package org.palomar.imap.angus;

import java.io.IOException;
import org.eclipse.angus.mail.iap.Protocol;
import org.eclipse.angus.mail.iap.ProtocolException;
import org.eclipse.angus.mail.imap.protocol.IMAPResponse;
import org.jspecify.annotations.Nullable;
import org.palomar.mail.Uids;

/**
 * One response line with its literals. Angus reads it; its values are read by {@link ValueReader}, because Angus drops a whole
 * FETCH when one item is unknown, one address is odd or one number is missing.
 */
final class WireResponse extends IMAPResponse {

    private final @Nullable ResponseCode code;

    WireResponse(Protocol protocol) throws IOException, ProtocolException {
        super(protocol);
        code = isOK() || isNO() || isBAD() || isBYE() || keyEquals("PREAUTH") ? ResponseCode.find(getRest()) : null;
    }

    /** The bracketed code of an OK, NO, BAD or BYE, or null. */
    @Nullable
    ResponseCode code() {
        return code;
    }

    boolean hasCode(String name) {
        return code != null && code.is(name);
    }

    /** A reader over what follows the keyword. */
    ValueReader values() {
        return new ValueReader(buffer, Math.min(index, size), Math.max(size, 0));
    }

    /** Takes the UIDs of a SEARCH or SORT, up to what is none, such as {@code (MODSEQ 5)} (RFC 7162 section 3.1.5). */
    void numbers(Uids.Builder to) {
        int at = index;
        while (at < size) {
            if (buffer[at] == ' ') {
                at++;
                continue;
            }
            long number = 0;
            int from = at;
            while (at < size && buffer[at] >= '0' && buffer[at] <= '9' && number <= 0xFFFF_FFFFL) {
                number = number * 10 + (buffer[at++] - '0');
            }
            if (at == from || number == 0 || number > 0xFFFF_FFFFL) {
                return;
            }
            to.add(number);
        }
    }

    /** Untagged data such as {@code * 5 EXISTS}. */
    boolean isData(String key) {
        return isUnTagged() && keyEquals(key);
    }
}
