package org.palomar.compose;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.palomar.account.MailSessions;
import org.palomar.account.SignedIn;
import org.palomar.drafts.Saved;
import org.palomar.drafts.ServerDrafts;
import org.palomar.imap.ImapException;
import org.palomar.mail.MessageRef;
import org.palomar.store.StoreException;
import org.palomar.web.Flash;
import org.palomar.web.Reader;
import org.springframework.context.MessageSource;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** What the editor's script says while somebody types. It asks no mail server, so that nothing is lost while none answers. */
@Controller
class DraftController {

    private final Keeping keeping;
    private final MailSessions sessions;
    private final MessageSource words;

    DraftController(Keeping keeping, MailSessions sessions, MessageSource words) {
        this.keeping = keeping;
        this.sessions = sessions;
        this.words = words;
    }

    /**
     * The answer to a script that saves.
     *
     * @param state {@code kept}, {@code clash}, {@code gone} or {@code away}
     * @param revision now
     * @param origin what takes the place of the form's, or empty
     * @param words for people
     * @param url where the other version is, or empty
     * @param every ms until it is worth to save again
     */
    record Answer(String state, long revision, String origin, String words, String url, long every) {}

    /** @param leaving the page goes away: its copy in the Drafts mailbox is made at once */
    @PostMapping("/compose/draft")
    ResponseEntity<Answer> save(
            SignedIn person,
            @ModelAttribute ComposeForm form,
            @ModelAttribute DraftEdition edition,
            @RequestParam(name = "file", required = false) @Nullable List<String> files,
            @RequestParam(required = false) @Nullable String who,
            @RequestParam(defaultValue = "false") boolean leaving,
            Reader reader,
            HttpServletRequest request) {
        // Whoever has the session's id alone gets nothing and leaves nothing.
        sessions.credentials(request);
        if (!form.id().matches("[0-9a-f-]{36}")) {
            return ResponseEntity.badRequest().build();
        }
        KeptLetter letter = new KeptLetter(form, files, who);
        try {
            return switch (keeping.save(person, letter, edition)) {
                case Saved.Kept kept -> {
                    copy(person, letter, leaving, reader, request);
                    yield answer(HttpStatus.OK, "kept", kept.revision(), "", "compose.kept", reader, "", 0);
                }
                case Saved.Clash clash ->
                    answer(
                            HttpStatus.CONFLICT,
                            "clash",
                            clash.other().revision(),
                            "",
                            "compose.clash",
                            reader,
                            clash.other().isClash() ? "/mailboxes/Drafts" : "/compose?draft=" + form.id(),
                            0);
                case Saved.Gone _ ->
                    answer(HttpStatus.GONE, "gone", edition.revision(), "", "compose.gone", reader, "", 0);
            };
        } catch (StoreException _) {
            return inMailbox(person, letter, edition, reader, request);
        }
    }

    private void copy(SignedIn person, KeptLetter letter, boolean leaving, Reader reader, HttpServletRequest request) {
        try {
            if (leaving) {
                keeping.copyNow(
                        person, sessions.of(person, request), letter.form().id(), reader);
            } else {
                keeping.copySoon(person, sessions.of(person, request), letter, reader);
            }
        } catch (ImapException.Closed closed) {
            throw closed;
        } catch (ImapException _) {
            // Safe in the store; copied when the server answers again.
        }
    }

    private ResponseEntity<Answer> inMailbox(
            SignedIn person, KeptLetter letter, DraftEdition edition, Reader reader, HttpServletRequest request) {
        try {
            MessageRef ref = keeping.saveInMailbox(person, sessions.of(person, request), letter, edition, reader);
            return answer(HttpStatus.OK, "kept", edition.revision(), ref.address(), "compose.kept", reader, "", 10_000);
        } catch (ServerDrafts.ChangedElsewhere _) {
            return answer(
                    HttpStatus.CONFLICT,
                    "clash",
                    edition.revision(),
                    "",
                    "compose.clash",
                    reader,
                    "/mailboxes/Drafts",
                    0);
        } catch (ImapException.Closed closed) {
            throw closed;
        } catch (ImapException.OverQuota _) {
            return answer(
                    HttpStatus.INSUFFICIENT_STORAGE,
                    "away",
                    edition.revision(),
                    "",
                    "compose.kept.full",
                    reader,
                    "",
                    0);
        } catch (ImapException _) {
            return answer(
                    HttpStatus.SERVICE_UNAVAILABLE, "away", edition.revision(), "", "compose.kept.away", reader, "", 0);
        }
    }

    private ResponseEntity<Answer> answer(
            HttpStatus status,
            String state,
            long revision,
            String origin,
            String key,
            Reader reader,
            String url,
            long every) {
        String said = words.getMessage(key, new Object[] {reader.time()}, reader.locale());
        return ResponseEntity.status(status).body(new Answer(state, revision, origin, said, url, every));
    }

    /** Brings back what was thrown away. */
    @PostMapping("/compose/draft/{id}/restore")
    String restore(SignedIn person, @PathVariable String id, HttpServletRequest request) {
        sessions.credentials(request);
        Flash.take(request.getSession());
        try {
            if (keeping.restore(person, id)) {
                return "redirect:/compose?draft=" + id;
            }
            Flash.warn("flash.undo.late").keep(request.getSession());
        } catch (StoreException _) {
            Flash.danger("flash.settings.store").keep(request.getSession());
        }
        return "redirect:/mailboxes/INBOX";
    }
}
