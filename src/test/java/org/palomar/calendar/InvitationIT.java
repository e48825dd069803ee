package org.palomar.calendar;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.Multipart;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Properties;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.palomar.imap.MailSession;
import org.palomar.mail.MailboxName;
import org.palomar.mail.MessageRef;
import org.palomar.testing.Stage;
import org.palomar.testing.Visitor;
import org.palomar.testing.Visitor.Answer;

/** Invitations as cards, and what becomes of an answer. */
class InvitationIT {

    @RegisterExtension
    static final Stage stage = new Stage();

    private static final String ME = "ines@palomar.example";

    private static Visitor ines;

    @BeforeAll
    static void signIn() {
        ines = stage.visitor().signedIn("ines");
    }

    @AfterAll
    static void leave() {
        ines.close();
    }

    @BeforeEach
    void forget() {
        stage.smtp().forget();
    }

    private static String calendar(String method, String... lines) {
        return "BEGIN:VCALENDAR\nVERSION:2.0\nMETHOD:" + method + "\nBEGIN:VEVENT\n" + String.join("\n", lines)
                + "\nEND:VEVENT\nEND:VCALENDAR\n";
    }

    /** Puts a message with a calendar, as an alternative and once more as a file, and gives its path. */
    private static String put(String mailbox, String subject, String from, String method, String calendar) {
        String message = """
                Date: Sat, 21 Nov 2026 10:00:00 +0100
                From: %s
                To: %s
                Subject: %s
                Message-ID: <%s@palomar.example>
                MIME-Version: 1.0
                Content-Type: multipart/mixed; boundary=m

                --m
                Content-Type: multipart/alternative; boundary=a

                --a
                Content-Type: text/plain; charset=utf-8

                See the calendar.
                --a
                Content-Type: text/calendar; charset=utf-8; method=%s

                %s--a--
                --m
                Content-Type: application/ics; name="invite.ics"
                Content-Disposition: attachment; filename="invite.ics"

                %s--m--
                """.formatted(from, ME, subject, subject.replace(' ', '-'), method, calendar, calendar);
        stage.dovecot().put(ME, mailbox, message.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8));
        return "mailboxes/" + mailbox + "/messages/"
                + stage.refs("ines", mailbox).getFirst().key();
    }

    private static String request(int sequence) {
        return calendar(
                "REQUEST",
                "UID:roof-1",
                "SEQUENCE:" + sequence,
                "DTSTART;TZID=Europe/Madrid:20261128T100000",
                "DTEND;TZID=Europe/Madrid:20261128T120000",
                "RRULE:FREQ=WEEKLY;COUNT=3",
                "SUMMARY:Roof <b>day</b>",
                "LOCATION:The dovecote",
                "DESCRIPTION:<details open ontoggle=alert(1)>Bring gloves",
                "ORGANIZER;CN=Bob:mailto:bob@palomar.example",
                "ATTENDEE;CN=Ines;RSVP=TRUE:mailto:" + ME,
                "ATTENDEE;CN=Carol;PARTSTAT=ACCEPTED:mailto:carol@palomar.example");
    }

    private static Document page(String path) {
        return ines.get(path).expect(200).html();
    }

    private static String text(Document page, String hook) {
        return page.select("[data-testid=" + hook + "]").text();
    }

    @Test
    void anInvitationIsAnsweredAndTheAnswerIsRemembered() throws Exception {
        String path = put("Invited", "Roof day", "Bob <bob@palomar.example>", "REQUEST", request(0));
        Document page = page(path);
        assertThat(page.select("[data-testid=event-card]")).hasSize(1);
        assertThat(text(page, "event-heading")).isEqualTo("Bob invites you");
        assertThat(text(page, "event-title")).isEqualTo("Roof <b>day</b>");
        assertThat(text(page, "event-when")).contains("28", "2026");
        assertThat(text(page, "event-repeats")).isEqualTo("Every week, 3 times");
        assertThat(text(page, "event-organizer")).isEqualTo("Bobbob@palomar.example");
        assertThat(text(page, "event-attendees")).contains("Ines", "has not answered", "Carol", "accepted");
        // S11: what would be HTML in another program is text.
        assertThat(text(page, "event-description")).isEqualTo("<details open ontoggle=alert(1)>Bring gloves");
        assertThat(page.select("[ontoggle]")).isEmpty();

        Answer sent = answer(page, "accepted", "I bring the ladder.\r\nBEGIN:VEVENT");
        assertThat(sent.flash()).isEqualTo("Accepted. Bob will know.");
        assertThat(text(sent.html(), "event-yours")).startsWith("You accepted.");
        assertThat(stage.smtp().commands()).anyMatch(line -> line.contains("RCPT TO:<bob@palomar.example>"));
        MimeMessage mail = mail();
        assertThat(mail.getSubject()).isEqualTo("Accepted: Roof <b>day</b>");
        assertThat(mail.getHeader("In-Reply-To", " ")).isEqualTo("<Roof-day@palomar.example>");
        assertThat(mail.getContentType()).startsWith("multipart/alternative");
        String ics = part(mail, 1);
        assertThat(((Multipart) mail.getContent()).getBodyPart(1).getContentType())
                .contains("text/calendar", "method=REPLY");
        Event reply = CalendarText.events(ics).getFirst();
        assertThat(reply.method()).isEqualTo("REPLY");
        assertThat(reply.uid()).isEqualTo("roof-1");
        assertThat(reply.comment()).isEqualTo("I bring the ladder.\nBEGIN:VEVENT");
        assertThat(reply.attendees()).containsExactly(new Party("Ines", ME, "accepted", false));
        assertThat(part(mail, 0)).contains("Ines accepts the invitation.", "I bring the ladder.");

        // A copy is in Sent, and one may change one's mind.
        MessageRef copy = stage.refs("ines", "Sent").getFirst();
        assertThat(page("mailboxes/Sent/messages/" + copy.key()).select("[data-kind=answer]"))
                .hasSize(1);
        Answer declined = answer(sent.html(), "declined", "");
        assertThat(text(declined.html(), "event-yours")).startsWith("You declined.");
        assertThat(page(path).select("[data-testid=event-decline]").attr("aria-pressed"))
                .isEqualTo("true");
        assertThat(page(path).select("[data-testid=event-accept]").attr("aria-pressed"))
                .isEqualTo("false");
        try (MailSession mailbox = stage.mail("ines")) {
            assertThat(mailbox.examine(new MailboxName("Invited"), open -> open.newest(0, 1))
                            .messages()
                            .getFirst()
                            .flags()
                            .values())
                    .contains("$InvitationDeclined")
                    .doesNotContain("$InvitationAccepted");
        }
    }

    @Test
    void anOlderInvitationSaysThatThereIsNewerWord() {
        String first = put(
                "Newer",
                "Roof day",
                "Bob <bob@palomar.example>",
                "REQUEST",
                request(0).replace("<b>day</b>", "day"));
        assertThat(text(page(first), "event-newer")).isEmpty();
        String update = put(
                "Newer",
                "Updated: Roof day",
                "Bob <bob@palomar.example>",
                "REQUEST",
                request(1).replace("<b>day</b>", "day"));
        Document old = page(first);
        assertThat(text(old, "event-newer")).contains("newer");
        assertThat(old.select("[data-testid=event-newer] a").attr("href")).endsWith(update);
        assertThat(text(page(update), "event-heading")).isEqualTo("Bob changed this event");
        assertThat(text(page(update), "event-newer")).isEmpty();
    }

    @Test
    void aCancellationOffersNoAnswer() {
        String path = put(
                "Cancelled",
                "Cancelled: Roof day",
                "Bob <bob@palomar.example>",
                "CANCEL",
                request(2).replace("METHOD:REQUEST", "METHOD:CANCEL"));
        Document page = page(path);
        assertThat(text(page, "event-heading")).isEqualTo("This event was cancelled");
        assertThat(page.select("[data-testid=event-answer]")).isEmpty();
        assertThat(ines.post(path + "/invitation?part=1.2", "answer", "accepted")
                        .status())
                .isEqualTo(404);
        assertThat(stage.smtp().messages()).isEmpty();
    }

    @Test
    void answersOfOthersAreNamedAndFalseOnesToo() {
        String reply = calendar(
                "REPLY",
                "UID:roof-1",
                "DTSTART:20261128T090000Z",
                "SUMMARY:Roof day",
                "COMMENT:With cake",
                "ORGANIZER:mailto:" + ME,
                "ATTENDEE;CN=Carol;PARTSTAT=ACCEPTED:mailto:carol@palomar.example");
        Document page = page(put("Replies", "Accepted", "Carol <carol@palomar.example>", "REPLY", reply));
        assertThat(text(page, "event-heading")).isEqualTo("Carol accepted");
        assertThat(text(page, "event-comment")).isEqualTo("With cake");
        assertThat(text(page, "event-sender")).isEmpty();
        assertThat(page.select("[data-testid=event-answer]")).isEmpty();
        Document forged = page(put("Replies", "Accepted again", "Mallory <m@elsewhere.example>", "REPLY", reply));
        assertThat(text(forged, "event-sender")).contains("m@elsewhere.example");
    }

    @Test
    void onesOwnInvitationAndOneForNobodyAreNotAnswered() {
        String own = request(0).replace("mailto:bob@palomar.example", "mailto:" + ME);
        assertThat(page(put("Own", "Mine", ME, "REQUEST", own)).select("[data-testid=event-answer]"))
                .isEmpty();
        String nobody = request(0).replace("mailto:bob@palomar.example", "http://elsewhere.example/");
        Document page = page(put("Own", "Nobody", "Bob <bob@palomar.example>", "REQUEST", nobody));
        assertThat(page.select("[data-testid=event-card]")).hasSize(1);
        assertThat(page.select("[data-testid=event-answer]")).isEmpty();
    }

    private static Answer answer(Document page, String answer, String comment) {
        String action = page.select("[data-testid=event-answer]").attr("action");
        return ines.follow(ines.post(action.substring(1), "answer", answer, "comment", comment))
                .expect(200);
    }

    private static MimeMessage mail() throws Exception {
        return new MimeMessage(
                Session.getInstance(new Properties()),
                new ByteArrayInputStream(stage.smtp().messages().getLast()));
    }

    private static String part(MimeMessage mail, int index) throws Exception {
        try (InputStream in = ((Multipart) mail.getContent()).getBodyPart(index).getInputStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
