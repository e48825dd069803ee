package org.palomar.compose;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Set;
import org.palomar.account.SignedIn;
import org.palomar.drafts.Saved;
import org.palomar.drafts.ServerDrafts;
import org.palomar.imap.MailSession;
import org.palomar.mail.MessageRef;
import org.palomar.store.StoreException;
import org.palomar.template.Template;
import org.palomar.web.Flash;
import org.palomar.web.Reader;
import org.springframework.stereotype.Component;

/** What the editor's buttons do with a letter in work, with and without scripts. Answers with the view to show then. */
@Component
class DraftActs {

    private static final Set<String> NAMES = Set.of("save", "discard", "fork", "astemplate");
    private static final String TEMPLATE = "template:";

    private final Keeping keeping;
    private final CannedAnswers canned;

    DraftActs(Keeping keeping, CannedAnswers canned) {
        this.keeping = keeping;
        this.canned = canned;
    }

    /** Those that can be put into a letter. */
    List<Template> templates(SignedIn person) {
        return canned.of(person);
    }

    static boolean isOne(String action) {
        return NAMES.contains(action) || action.startsWith(TEMPLATE);
    }

    String act(
            SignedIn person,
            MailSession session,
            String action,
            KeptLetter letter,
            DraftEdition edition,
            String back,
            Reader reader,
            HttpServletRequest request) {
        try {
            return switch (action) {
                case "save" -> save(person, session, letter, edition, reader, request);
                case "astemplate" -> asTemplate(person, session, letter, edition, reader, request);
                case "fork" ->
                    "redirect:/compose?draft=" + keeping.fork(person, letter).id();
                case String put
                when put.startsWith(TEMPLATE) ->
                    with(person, session, put.substring(TEMPLATE.length()), letter, edition, reader, request);
                default -> {
                    if (keeping.discard(person, session, letter, edition, reader)) {
                        Flash.ok("flash.draft.discarded")
                                .withUndo("/compose/draft/" + letter.form().id() + "/restore")
                                .keep(request.getSession());
                    }
                    yield "redirect:" + back;
                }
            };
        } catch (StoreException _) {
            if (action.equals("discard")) {
                // What only the mailbox has can be thrown away there.
                return "redirect:" + back;
            }
            return inMailbox(person, session, letter, edition, reader, request);
        }
    }

    /** The letter is kept with the template above what stands in it, and comes again. */
    private String with(
            SignedIn person,
            MailSession session,
            String template,
            KeptLetter letter,
            DraftEdition edition,
            Reader reader,
            HttpServletRequest request) {
        ComposeForm form = canned.filled(person, template, letter.form(), reader)
                .map(filled -> Filling.above(letter.form(), filled))
                .orElse(letter.form());
        return save(person, session, new KeptLetter(form, letter.files(), letter.who()), edition, reader, request);
    }

    private String asTemplate(
            SignedIn person,
            MailSession session,
            KeptLetter letter,
            DraftEdition edition,
            Reader reader,
            HttpServletRequest request) {
        String made = canned.keep(person, letter.form()).orElse(null);
        String back = save(person, session, letter, edition, reader, request);
        if (made == null) {
            Flash.warn("template.fault.many").keep(request.getSession());
            return back;
        }
        Flash.ok("flash.template.made").keep(request.getSession());
        return "redirect:/settings/templates?edit=" + made;
    }

    private String save(
            SignedIn person,
            MailSession session,
            KeptLetter letter,
            DraftEdition edition,
            Reader reader,
            HttpServletRequest request) {
        String id = letter.form().id();
        return switch (keeping.save(person, letter, edition)) {
            case Saved.Kept _ -> {
                Flash said = switch (keeping.copyNow(person, session, id, reader)) {
                    case DONE -> Flash.ok("flash.draft.saved");
                    case CLASH -> Flash.warn("flash.draft.saved").warning("flash.draft.clash");
                    case FULL -> Flash.warn("flash.draft.saved").warning("flash.draft.full");
                    case LATER -> Flash.warn("flash.draft.saved").warning("flash.draft.later");
                };
                said.keep(request.getSession());
                yield "redirect:/compose?draft=" + id;
            }
            case Saved.Clash _, Saved.Gone _ -> {
                // Nothing typed is lost: it becomes a letter of its own.
                Flash.warn("flash.draft.forked").keep(request.getSession());
                yield "redirect:/compose?draft=" + keeping.fork(person, letter).id();
            }
        };
    }

    private String inMailbox(
            SignedIn person,
            MailSession session,
            KeptLetter letter,
            DraftEdition edition,
            Reader reader,
            HttpServletRequest request) {
        try {
            MessageRef ref = keeping.saveInMailbox(person, session, letter, edition, reader);
            Flash.ok("flash.draft.saved").keep(request.getSession());
            return "redirect:/compose?draft=" + ref.mailbox().toSegment() + "/" + ref.key();
        } catch (ServerDrafts.ChangedElsewhere _) {
            DraftEdition fresh = DraftEdition.showing(0, "");
            KeptLetter another = new KeptLetter(
                    letter.form().withId(java.util.UUID.randomUUID().toString()), letter.files(), letter.who());
            MessageRef ref = keeping.saveInMailbox(person, session, another, fresh, reader);
            Flash.warn("flash.draft.forked").keep(request.getSession());
            return "redirect:/compose?draft=" + ref.mailbox().toSegment() + "/" + ref.key();
        }
    }
}
