package org.palomar.reading;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.palomar.imap.ImapProperties;
import org.palomar.imap.ScriptedMail;
import org.palomar.mail.MailboxName;
import org.palomar.mail.MessageRef;
import org.palomar.mail.PartPath;
import org.palomar.mail.Uid;
import org.palomar.mail.UidValidity;
import org.palomar.mime.MessageBody.Attachment;

/** Servers whose BODYSTRUCTURE or part numbers are not those of the message: it is read whole and taken apart here. */
class LyingStructureTest {

    private static final MailboxName INBOX = new MailboxName("INBOX");

    @Test
    void theMessageItselfIsRight() {
        try (ScriptedMail mail = new ScriptedMail("lying-structure", ImapProperties.Security.PLAIN)) {
            mail.open().examine(INBOX, open -> {
                ReadMessage flat = MessageReading.of(open, ref(5)).read(PartPath.ROOT);
                assertThat(flat.rebuilt()).isTrue();
                assertThat(flat.shown())
                        .singleElement()
                        .satisfies(part -> assertThat(part.content()).isEqualTo("The letter."));
                assertThat(flat.body().attachments())
                        .extracting(Attachment::name)
                        .containsExactly("plan.pdf");
                ReadMessage shifted = MessageReading.of(open, ref(6)).read(PartPath.ROOT);
                assertThat(shifted.html()).isEqualTo("<p>Rich words, more of them.</p>");
                assertThat(shifted.text()).isEqualTo("Plain words.");
                return true;
            });
        }
    }

    private static MessageRef ref(long uid) {
        return new MessageRef(INBOX, new UidValidity(7), new Uid(uid));
    }
}
