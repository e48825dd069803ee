package org.palomar.imap.angus;

import org.jspecify.annotations.Nullable;
import org.palomar.mail.MailboxName;
import org.palomar.mail.UidValidity;

/** What is known about the mailbox a connection has selected; kept true by every response that passes. */
final class SelectedMailbox {

    private final MailboxName name;
    private final boolean writable;
    private final KnownRows rows = new KnownRows();
    private int messages;
    private long uidNext;
    private @Nullable UidValidity uidValidity;
    private int told;
    private int moved;

    /** @param writable chosen with SELECT, not EXAMINE */
    SelectedMailbox(MailboxName name, boolean writable) {
        this.name = name;
        this.writable = writable;
    }

    MailboxName name() {
        return name;
    }

    boolean writable() {
        return writable;
    }

    int messages() {
        return messages;
    }

    long uidNext() {
        return uidNext;
    }

    /** The server's UIDVALIDITY; 1 where it has none, which RFC 9051 allows no server. */
    UidValidity uidValidity() {
        return uidValidity == null ? new UidValidity(1) : uidValidity;
    }

    KnownRows rows() {
        return rows;
    }

    /** A sequence number was told to somebody who may come back with it. */
    void tell(int sequence) {
        told = sequence;
        moved = sequence;
    }

    /** What has become of the sequence number told last; any other is returned as it is. */
    int now(int sequence) {
        return sequence == told ? moved : sequence;
    }

    /** Takes in EXISTS, EXPUNGE and the codes that come with a selection. */
    void observe(WireResponse response) {
        if (response.isData("EXISTS")) {
            messages = response.getNumber();
        } else if (response.isData("EXPUNGE")) {
            messages = Math.max(0, messages - 1);
            int gone = response.getNumber();
            moved -= gone < moved ? 1 : 0;
            rows.expunge(gone);
        } else {
            ResponseCode code = response.code();
            if (code != null) {
                observe(code);
            }
        }
    }

    private void observe(ResponseCode code) {
        long number = code.number();
        if (code.is("UIDVALIDITY") && number > 0 && number <= 0xFFFF_FFFFL) {
            uidValidity = new UidValidity(number);
            rows.clear();
        } else if (code.is("UIDNEXT") && number > 0) {
            uidNext = number;
        } else if (code.is("CLOSED")) {
            // What came before concerned the mailbox that was selected until now (RFC 9051 section 7.1).
            messages = 0;
            rows.clear();
        }
    }
}
