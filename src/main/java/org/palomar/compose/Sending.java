package org.palomar.compose;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.palomar.account.MailSessions;
import org.palomar.account.SignedIn;
import org.palomar.compose.ComposePage.Fault;
import org.palomar.compose.DraftMaker.Recipients;
import org.palomar.imap.ImapException;
import org.palomar.imap.MailSession;
import org.palomar.mail.Credentials;
import org.palomar.mail.Flags;
import org.palomar.mime.AddressParser;
import org.palomar.mime.Draft;
import org.palomar.mime.MessageWriter;
import org.palomar.mime.UnsendableAddress;
import org.palomar.outbox.Delivery;
import org.palomar.outbox.Delivery.Original;
import org.palomar.smtp.SmtpException;
import org.palomar.store.StoreException;
import org.palomar.web.Flash;
import org.palomar.web.Reader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Has what was typed delivered; says in plain words why not. */
@Component
class Sending {

    private static final Logger log = LoggerFactory.getLogger(Sending.class);
    private static final int MOST_RECIPIENTS = 500;

    private final Delivery delivery;
    private final HandingOver handing;
    private final MailSessions sessions;
    private final Terms terms;
    private final DraftMaker drafts;

    Sending(Delivery delivery, HandingOver handing, MailSessions sessions, Terms terms, DraftMaker drafts) {
        this.delivery = delivery;
        this.handing = handing;
        this.sessions = sessions;
        this.terms = terms;
        this.drafts = drafts;
    }

    /** How it ended. Unless it is sent or in the outbox, everything typed is kept. */
    sealed interface Outcome {

        /**
         * @param filed whether its copy lies in Sent
         * @param unreported whether reports were wanted that the server does not make
         */
        record Sent(boolean filed, boolean unreported) implements Outcome {

            Flash flash() {
                String how = filed ? unreported ? "flash.sent.noreport" : "flash.sent" : "flash.sent.nocopy";
                return filed && !unreported ? Flash.ok(how) : Flash.warn(how);
            }
        }

        /** In the outbox until then, and can be taken back. */
        record Later(Instant at, Duration undo) implements Outcome {}

        /** In the outbox, which tells how far it is. */
        record Underway() implements Outcome {}

        record NotSent(@Nullable Fault fault, Map<String, Fault> fields) implements Outcome {}

        /** Changed elsewhere since it was shown. */
        record Clash() implements Outcome {}
    }

    /** @param at when it is to go, or null for now */
    Outcome send(
            SignedIn person,
            MailSession session,
            KeptLetter letter,
            DraftEdition edition,
            List<Upload> files,
            @Nullable Instant at,
            Reader reader,
            HttpServletRequest request) {
        ComposeForm form = letter.form();
        AddressParser.Parsed to = AddressParser.parse(form.to());
        AddressParser.Parsed cc = AddressParser.parse(form.cc());
        AddressParser.Parsed bcc = AddressParser.parse(form.bcc());
        Map<String, Fault> faults = faults(Map.of("to", to, "cc", cc, "bcc", bcc));
        int recipients = to.good().size() + cc.good().size() + bcc.good().size();
        if (faults.isEmpty() && recipients == 0) {
            faults.put("to", new Fault("compose.fault.recipients.none", ""));
        }
        if (recipients > MOST_RECIPIENTS) {
            faults.put("to", new Fault("compose.fault.tooMany", Integer.toString(MOST_RECIPIENTS)));
        }
        long size = files.stream().mapToLong(Upload::size).sum();
        if (size > terms.octets()) {
            faults.put("attachments", new Fault("compose.fault.files", terms.words(reader)));
        }
        if (!faults.isEmpty()) {
            return new Outcome.NotSent(null, faults);
        }
        try {
            OriginalRef original = OriginalRef.parse(form.original()).orElse(null);
            Draft draft =
                    drafts.make(person, session, form, new Recipients(to.good(), cc.good(), bcc.good()), files, reader);
            Original mark = original == null || form.mode().equals("new")
                    ? null
                    : new Original(original.ref(), form.mode().startsWith("reply") ? Flags.ANSWERED : Flags.FORWARDED);
            List<String> international = MessageWriter.international(draft);
            if (!international.isEmpty() && terms.lackInternational()) {
                return new Outcome.NotSent(international(international), Map.of());
            }
            Credentials credentials = sessions.credentials(request);
            if (handing.isUsable()) {
                return handing.hand(person, letter, edition, credentials, draft, mark, at);
            }
            // Without a store a message goes at once or stays in the editor.
            if (at != null) {
                return new Outcome.NotSent(new Fault("compose.fault.store", ""), Map.of());
            }
            Delivery.Delivered delivered = delivery.deliver(person, session, credentials, draft, mark, form.reported());
            return new Outcome.Sent(delivered.filed(), form.reported() && !delivered.reports());
        } catch (StoreException failure) {
            // Perhaps it is in the outbox by now: to send it in another way could send it twice.
            log.warn("whether a message is in the outbox is not known: {}", failure.getMessage());
            return new Outcome.NotSent(new Fault("compose.fault.middle", ""), Map.of());
        } catch (SmtpException failure) {
            log.info("not sent: {}: {}", failure.getClass().getSimpleName(), failure.getMessage());
            return new Outcome.NotSent(fault(failure), Map.of());
        } catch (ImapException.Closed signedOut) {
            throw signedOut;
        } catch (ImapException failure) {
            // Only before it was handed over: afterwards Delivery counts it as sent whatever the mailboxes do.
            log.info("not sent: {}: {}", failure.getClass().getSimpleName(), failure.getMessage());
            return new Outcome.NotSent(new Fault("compose.fault.unreachable", ""), Map.of());
        } catch (UnsendableAddress bad) {
            String field = form.cc().contains(bad.address()) ? "cc" : form.bcc().contains(bad.address()) ? "bcc" : "to";
            return new Outcome.NotSent(null, Map.of(field, new Fault("compose.fault.address", bad.address())));
        }
    }

    private static Map<String, Fault> faults(Map<String, AddressParser.Parsed> fields) {
        Map<String, Fault> faults = new LinkedHashMap<>();
        fields.forEach((field, parsed) -> {
            if (!parsed.bad().isEmpty()) {
                faults.put(field, new Fault("compose.fault.address", String.join(", ", parsed.bad())));
            }
        });
        return faults;
    }

    private static Fault international(List<String> addresses) {
        return new Fault("compose.fault.utf8", String.join(", ", addresses));
    }

    private static Fault fault(SmtpException failure) {
        return switch (failure) {
            case SmtpException.Unreachable _ -> new Fault("compose.fault.unreachable", "");
            case SmtpException.CertificateRejected _ -> new Fault("compose.fault.certificate", "");
            case SmtpException.AuthenticationFailed _ -> new Fault("compose.fault.password", "");
            case SmtpException.SenderRefused refused -> new Fault("compose.fault.sender", refused.reply());
            case SmtpException.RecipientsRefused refused ->
                new Fault(
                        "compose.fault.recipients", String.join(", ", refused.recipients()) + " — " + refused.reply());
            case SmtpException.AddressesNotTaken not -> international(not.addresses());
            case SmtpException.TooLarge _ -> new Fault("compose.fault.tooLarge", "");
            case SmtpException.Refused refused ->
                new Fault(refused.temporary() ? "compose.fault.later" : "compose.fault.refused", refused.reply());
            case SmtpException.OutcomeUnknown _ -> new Fault("compose.fault.unknown", "");
        };
    }
}
