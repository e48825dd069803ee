package org.palomar.search;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.palomar.account.SignedIn;
import org.palomar.imap.MailSession;
import org.palomar.mail.MailboxName;
import org.palomar.query.Query;
import org.palomar.tree.MailboxDirectory;
import org.palomar.tree.WithTree;
import org.palomar.web.Htmx;
import org.palomar.web.NotFoundException;
import org.palomar.web.Origin;
import org.palomar.web.Reader;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.util.WebUtils;

/**
 * Search pages. With scripts a page comes at once and asks for more; without, it waits until the search is over, within reason.
 * {@code select=all} ticks every row, for people without JavaScript, {@code select=results} means all that the search finds.
 */
@Controller
@WithTree
class SearchController {

    private static final Duration AT_ONCE = Duration.ofMillis(150);
    private static final Duration WITHIN_REASON = Duration.ofSeconds(10);
    private static final Duration NEWS = Duration.ofSeconds(2);

    private final Searches searches;
    private final SearchPages pages;
    private final MailboxDirectory directory;

    SearchController(Searches searches, SearchPages pages, MailboxDirectory directory) {
        this.searches = searches;
        this.pages = pages;
        this.directory = directory;
    }

    /**
     * A search and its results.
     *
     * @param mailbox the only one to look into; {@code in:} in the query has the last word
     * @param resume goes on with a search that was stopped
     */
    @GetMapping("/search")
    String search(
            SignedIn person,
            MailSession session,
            @RequestParam(defaultValue = "") String q,
            @RequestParam(required = false) @Nullable MailboxName mailbox,
            @RequestParam(defaultValue = "false") boolean resume,
            @RequestParam(defaultValue = "") String select,
            Htmx htmx,
            Reader reader,
            HttpServletRequest request,
            Model model) {
        Query query = Query.parse(q);
        SearchPage page;
        if (query.isEmpty()) {
            page = pages.empty(person, session, mailbox, reader);
        } else {
            RunningSearch search = searches.open(person, session, query, mailbox, resume, reader);
            if (htmx.partial() || hasScripts(request)) {
                search.awaitEnd(AT_ONCE);
                search.awaitMore(0, AT_ONCE);
            } else {
                search.awaitEnd(WITHIN_REASON);
            }
            page = pages.page(person, session, query, mailbox, search, 0, reader);
            WholeResult whole = select.equals("results") ? pages.whole(person, session, search, page, reader) : null;
            model.addAttribute("whole", whole);
            model.addAttribute("allSelected", select.equals("all") || whole != null);
            model.addAttribute("targets", directory.tree(person, session, null).targets());
        }
        fill(page, query, model);
        return htmx.view("search/show", "search/_results");
    }

    /**
     * What was found since then; waits a little for it.
     *
     * @param after how many results the page has
     */
    @GetMapping("/search/more")
    String more(
            SignedIn person,
            MailSession session,
            @RequestParam String id,
            @RequestParam String q,
            @RequestParam(required = false) @Nullable MailboxName mailbox,
            @RequestParam int after,
            Reader reader,
            Model model) {
        RunningSearch search = searches.find(person, id).orElseThrow(() -> new NotFoundException("error.404.text"));
        search.awaitMore(after, NEWS);
        Query query = Query.parse(q);
        fill(pages.page(person, session, query, mailbox, search, after, reader), query, model);
        return "search/_more";
    }

    @PostMapping("/search/cancel")
    Object cancel(
            SignedIn person,
            @RequestParam String id,
            @RequestParam(defaultValue = "") String q,
            @RequestParam(defaultValue = "") String mailbox,
            Htmx htmx) {
        searches.find(person, id).ifPresent(RunningSearch::cancel);
        return htmx.partial()
                ? ResponseEntity.noContent().build()
                : "redirect:" + Origin.search(Query.parse(q).toString(), mailbox, "mailbox");
    }

    private static void fill(SearchPage page, Query query, Model model) {
        model.addAttribute("page", page);
        model.addAttribute("marks", new Highlight(query.texts()));
        model.addAttribute("extras", page.extras());
        model.addAttribute("suffix", new Origin(page.q(), page.mailbox()).suffix());
    }

    /** Scripts leave their time zone in a cookie. */
    private static boolean hasScripts(HttpServletRequest request) {
        return WebUtils.getCookie(request, "zone") != null;
    }
}
