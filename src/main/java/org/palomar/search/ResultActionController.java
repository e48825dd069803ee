package org.palomar.search;

import jakarta.servlet.http.HttpServletRequest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.palomar.account.SignedIn;
import org.palomar.filing.Filing;
import org.palomar.filing.MessageAction;
import org.palomar.filing.Selected;
import org.palomar.filing.Wish;
import org.palomar.imap.MailSession;
import org.palomar.mail.MailboxName;
import org.palomar.mail.MessageRef;
import org.palomar.query.Criteria;
import org.palomar.query.Query;
import org.palomar.tree.MailboxDirectory;
import org.palomar.tree.WithTree;
import org.palomar.web.Flash;
import org.palomar.web.NotFoundException;
import org.palomar.web.Origin;
import org.palomar.web.Reader;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** One form for everything one can do with results, ticked ones or all. Afterwards the results that are left are shown. */
@Controller
@WithTree
class ResultActionController {

    private final Filing filing;
    private final MailboxDirectory directory;

    ResultActionController(Filing filing, MailboxDirectory directory) {
        this.filing = filing;
        this.directory = directory;
    }

    /**
     * Acts on messages of any mailboxes.
     *
     * @param refs the ticked rows, as {@link MessageRef#address}
     * @param choice whether all results are meant
     * @param within the only mailbox searched, or null
     */
    @PostMapping("/search/actions")
    String act(
            SignedIn person,
            MailSession session,
            @RequestParam String action,
            @RequestParam(name = "ref", required = false) @Nullable List<String> refs,
            WholeResult.Choice choice,
            @RequestParam(required = false) @Nullable MailboxName within,
            @RequestParam(required = false) @Nullable MailboxName target,
            @RequestParam(defaultValue = "false") boolean confirmed,
            Origin origin,
            Reader reader,
            Model model,
            HttpServletRequest request) {
        MessageAction wanted = MessageAction.of(action);
        String back = Origin.search(origin.q(), origin.within(), "mailbox");
        if (refs == null || refs.isEmpty()) {
            Flash.warn("flash.nothing").keep(request.getSession());
            return "redirect:" + back;
        }
        Query query = Query.parse(origin.q());
        WholeResult whole = read(() -> choice.whole(refs.size()));
        if (whole != null && query.isEmpty()) {
            throw new NotFoundException("error.404.text");
        }
        if (wanted == MessageAction.EXPUNGE && !confirmed) {
            model.addAllAttributes(question(origin, refs, whole, back));
            return "mailbox/confirm";
        }
        Map<MailboxName, Selected> selected = whole == null
                ? ticked(read(
                        () -> refs.stream().map(MessageRef::parse).distinct().toList()))
                : whole.in(
                        Scope.of(query, directory.list(person, session), within),
                        Criteria.of(query, whole.day(), reader.zone()));
        Flash done = filing.perform(person, session, new Wish(wanted, selected, target, back, reader.locale()));
        if (done != null) {
            done.keep(request.getSession());
        }
        return "redirect:" + back;
    }

    private static Map<MailboxName, Selected> ticked(@Nullable List<MessageRef> refs) {
        Map<MailboxName, List<MessageRef>> messages = (refs == null ? List.<MessageRef>of() : refs)
                .stream().collect(Collectors.groupingBy(MessageRef::mailbox, LinkedHashMap::new, Collectors.toList()));
        Map<MailboxName, Selected> selected = new LinkedHashMap<>();
        messages.forEach((mailbox, of) -> selected.put(mailbox, Selected.of(of)));
        return selected;
    }

    /** What {@code mailbox/confirm} asks before something that cannot be undone, for people without JavaScript. */
    private static Map<String, Object> question(
            Origin origin, List<String> refs, @Nullable WholeResult whole, String back) {
        Map<String, List<String>> fields = new LinkedHashMap<>();
        fields.put("action", List.of("expunge"));
        fields.put("q", List.of(origin.q()));
        fields.put("within", List.of(origin.within()));
        fields.put("ref", refs);
        Long total = Long.valueOf(refs.size());
        if (whole != null) {
            total = whole.total();
            fields.put("scope", List.of("all"));
            fields.put("shown", List.of(Integer.toString(refs.size())));
            fields.put("upto", List.of(whole.upto()));
            fields.put("day", List.of(whole.day().toString()));
            fields.put("total", List.of(total == null ? "" : total.toString()));
        }
        return Map.of(
                "action",
                total == null ? "found" : "expunge",
                "url",
                "/search/actions",
                "fields",
                fields,
                "name",
                "",
                "count",
                total == null ? 0 : total,
                "back",
                back);
    }

    private interface Reading<T> {
        @Nullable
        T read();
    }

    /** What a page of ours wrote. */
    private static <T> @Nullable T read(Reading<T> reading) {
        try {
            return reading.read();
        } catch (IllegalArgumentException | java.time.DateTimeException _) {
            throw new NotFoundException("error.404.text");
        }
    }
}
