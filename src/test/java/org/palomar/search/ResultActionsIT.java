package org.palomar.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.palomar.filing.Selected;
import org.palomar.imap.MailSession;
import org.palomar.imap.OpenMailbox.FlagChange;
import org.palomar.mail.Flags;
import org.palomar.mail.Mailbox;
import org.palomar.mail.MailboxName;
import org.palomar.mail.MailboxStatus;
import org.palomar.mail.MessageRef;
import org.palomar.mail.SpecialUse;
import org.palomar.mail.Uid;
import org.palomar.query.Criteria;
import org.palomar.query.Query;
import org.palomar.testing.DovecotServer.Filed;
import org.palomar.testing.Stage;
import org.palomar.testing.Visitor;
import org.palomar.testing.Visitor.Answer;

/** Acting on results, ticked ones and all, through the pages and without scripts: nothing but what was found is touched. */
class ResultActionsIT {

    @RegisterExtension
    static final Stage stage = new Stage();

    private static Visitor gus;

    @BeforeAll
    static void signIn() {
        fill("Reeds", "godwit", 2_600, "");
        fill("Reeds", "plover", 100, "");
        fill("Marsh", "godwit", 2_400, "");
        fill("Marsh", "godwit seen", 50, "S");
        fill("Junk", "godwit", 5, "");
        fill("North", "snipe", 1_300, "");
        fill("South", "snipe", 1_300, "");
        fill("One", "crake", 2, "");
        fill("Two", "crake", 2, "");
        fill("Archive", "crake", 1, "");
        fill("Trash", "dunlin", 12, "");
        fill("INBOX", "dunlin", 2, "");
        fill("Odd", "knot", 2, "");
        List<Filed> messages = new ArrayList<>();
        for (String day : List.of("2026-02-27", "2026-02-28", "2026-03-01", "2026-03-02", "2026-03-03")) {
            messages.add(filed("stint text " + day, "text/plain", day + "T12:00:00Z", ""));
            messages.add(filed("stint file " + day, "application/octet-stream", day + "T12:00:00Z", ""));
        }
        stage.dovecot().fill("gus@palomar.example", "Days", messages);
        gus = stage.visitor().signedIn("gus");
    }

    @AfterAll
    static void leave() {
        gus.close();
    }

    @AfterEach
    void letEverythingPass() {
        stage.wire().cutAfter(_ -> false);
    }

    private static void fill(String mailbox, String subject, int messages, String flags) {
        stage.dovecot()
                .fill(
                        "gus@palomar.example",
                        mailbox,
                        IntStream.range(0, messages)
                                .mapToObj(i -> filed(subject + " " + i, "text/plain", "2026-03-02T12:00:00Z", flags))
                                .toList());
    }

    private static Filed filed(String subject, String type, String arrived, String flags) {
        String text = """
                From: alice@palomar.example\r
                Subject: %1$s\r
                Message-ID: <%2$s.%3$s@palomar.example>\r
                Content-Type: %4$s\r
                Content-Disposition: %5$s\r
                \r
                words\r
                """.formatted(
                        subject,
                        subject.replace(' ', '.'),
                        System.nanoTime(),
                        type,
                        type.equals("text/plain") ? "inline" : "attachment; filename=a.bin");
        return new Filed(text.getBytes(StandardCharsets.US_ASCII), Instant.parse(arrived), flags);
    }

    private static int count(String mailbox) {
        try (MailSession mail = stage.mail("gus")) {
            return (int) mail.status(new MailboxName(mailbox)).messages();
        }
    }

    private static List<String> flagged(String mailbox) {
        try (MailSession mail = stage.mail("gus")) {
            return mail.examine(
                    new MailboxName(mailbox),
                    open -> open.summaries(open.uids()).stream()
                            .filter(row -> row.flags().flagged())
                            .map(row -> row.envelope().subject())
                            .toList());
        }
    }

    private static List<String> refs(Document page) {
        return page.select("[data-testid=message-row] input[name=ref]").eachAttr("value");
    }

    private static List<String> subjects(Document page) {
        return page.select("[data-testid=message-subject]").eachText();
    }

    private static Answer act(Document page, String action, List<String> refs, String... more) {
        List<String> fields = new ArrayList<>(List.of("action", action));
        fields.addAll(List.of(more));
        refs.forEach(ref -> fields.addAll(List.of("ref", ref)));
        Element form = page.select("#list form[action$=/search/actions]").first();
        for (Element hidden : form.select("input[type=hidden]")) {
            fields.addAll(List.of(hidden.attr("name"), hidden.val()));
        }
        return gus.post(form.attr("action").substring(1), fields.toArray(String[]::new));
    }

    private static Document search(String query) {
        return gus.get("search?q=" + query.replace(":", "%3A").replace(" ", "+"))
                .expect(200)
                .html();
    }

    private static Document all(String query) {
        return gus.get("search?q=" + query.replace(":", "%3A").replace(" ", "+") + "&select=results")
                .expect(200)
                .html();
    }

    private static String undoPath(Element page) {
        return page.select("form[action*=/undo/]").attr("action").substring(1);
    }

    /** What came of an act, at once or after a while; with the way back. */
    private static Element result(Answer posted) {
        Document page = gus.follow(posted).expect(200).html();
        Element said = page.select("#flash [data-testid=flash]").first();
        if (said != null) {
            return said;
        }
        String id = page.select("[data-testid=job]").last().id().substring("job-".length());
        AtomicReference<Element> over = new AtomicReference<>();
        await().atMost(Duration.ofMinutes(2))
                .pollInterval(Duration.ofMillis(200))
                .until(() -> {
                    Document job = gus.get("jobs/" + id).expect(200).html();
                    over.set(job.select("[data-testid=job-page]").first());
                    return !job.select("[data-testid=job-result]").isEmpty();
                });
        gus.post("jobs/" + id + "/close").expect(303);
        return over.get();
    }

    @Test
    void aResultOverTwoMailboxesIsMovedCountedAndBroughtBack() {
        int archived = count("Archive");
        String query = "subject:godwit is:unread -in:Archive";
        Document shown = search(query);
        assertThat(refs(shown)).hasSize(Results.MOST).doesNotHaveDuplicates();
        Document chosen = gus.open(shown.select("[data-testid=select-results]").attr("href"))
                .expect(200)
                .html();
        assertThat(chosen.select("[data-testid=whole]").text()).contains("All results of this search are selected.");
        assertThat(chosen.select("input[name=ref][checked]")).hasSize(Results.MOST);

        // Who takes one row out means the others on the page; others come in their place.
        Element ticked = result(act(chosen, "archive", refs(chosen).subList(0, Results.MOST - 1)));
        assertThat(ticked.text()).contains("999 messages archived.");
        Document next = search(query);
        assertThat(refs(next))
                .hasSize(Results.MOST)
                .doesNotContainAnyElementsOf(refs(chosen).subList(0, 999));
        assertThat(result(gus.post(undoPath(ticked))).text()).contains("999 messages are back");

        Document whole = all(query);
        fill("Reeds", "godwit late", 3, "");
        AtomicBoolean once = new AtomicBoolean();
        stage.wire().cutAfter(sent -> {
            if (sent.contains("UID MOVE") && once.compareAndSet(false, true)) {
                // What begins to match while the act goes on.
                try (MailSession other = stage.mail("gus")) {
                    other.select(new MailboxName("Marsh"), open -> {
                        List<Uid> seen =
                                open.search(Criteria.of(Query.parse("subject:seen"), LocalDate.EPOCH, ZoneOffset.UTC)
                                        .complete());
                        open.store(seen, FlagChange.REMOVE, Flags.of(Flags.SEEN));
                        return true;
                    });
                }
            }
            return false;
        });
        Element moved = result(act(whole, "archive", refs(whole)));
        assertThat(once).isTrue();
        assertThat(moved.text()).contains("5,000 messages archived.").doesNotContain("left");
        assertThat(count("Archive")).isEqualTo(archived + 5_000);
        assertThat(count("Reeds"))
                .as("what does not match, and what arrived later")
                .isEqualTo(103);
        assertThat(count("Marsh")).as("what began to match later").isEqualTo(50);
        assertThat(count("Junk")).isEqualTo(5);
        assertThat(subjects(search(query))).hasSize(53).allMatch(subject -> subject.matches("godwit (seen|late) .*"));

        assertThat(result(gus.post(undoPath(moved))).text()).contains("5,000 messages are back where they were.");
        assertThat(count("Archive")).isEqualTo(archived);
        assertThat(count("Reeds")).isEqualTo(2_703);
        assertThat(count("Marsh")).isEqualTo(2_450);
        assertThat(refs(search(query))).hasSize(Results.MOST);
        assertThat(gus.follow(gus.post(undoPath(moved))).flash()).contains("too late");
    }

    @Test
    void stoppedInTheMiddleTheCountIsExact() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        AtomicInteger moves = new AtomicInteger();
        stage.wire().cutAfter(sent -> {
            if (sent.contains("UID MOVE") && moves.incrementAndGet() == 4) {
                begun.countDown();
                pass(goOn);
            }
            return false;
        });
        Document page = gus.follow(act(
                        all("subject:snipe in:North in:South"),
                        "delete",
                        refs(search("subject:snipe in:North in:South"))))
                .expect(200)
                .html();
        String id = stopWhen(begun, page);
        goOn.countDown();
        Element over = over(id);
        int left = count("North") + count("South");
        assertThat(over.text())
                .contains("%,d messages moved to the trash.".formatted(2_600 - left))
                .contains("%,d were left as they are, since you stopped it.".formatted(left));
        assertThat(left).isBetween(1, 1_000);
        assertThat(result(gus.post(undoPath(over))).text())
                .contains("%,d messages are back where they were.".formatted(2_600 - left));
        assertThat(count("North")).isEqualTo(1_300);
        assertThat(count("South")).isEqualTo(1_300);
    }

    /** Stops the job that the page tells of, once it has come so far. */
    private static String stopWhen(CountDownLatch begun, Document page) throws InterruptedException {
        String id = page.select("[data-testid=job]").last().id().substring("job-".length());
        assertThat(begun.await(2, TimeUnit.MINUTES)).isTrue();
        gus.post("jobs/" + id + "/stop").expect(303);
        return id;
    }

    private static Element over(String id) {
        await().atMost(Duration.ofMinutes(2))
                .pollInterval(Duration.ofMillis(200))
                .until(() -> !gus.get("jobs/" + id)
                        .expect(200)
                        .html()
                        .select("[data-testid=job-result]")
                        .isEmpty());
        return gus.get("jobs/" + id).html().select("[data-testid=job-page]").first();
    }

    private static void pass(CountDownLatch latch) {
        try {
            assertThat(latch.await(2, TimeUnit.MINUTES)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void tickedRowsMayLieAnywhere() {
        Document page = search("subject:crake");
        assertThat(refs(page)).hasSize(5).anyMatch(ref -> ref.endsWith("@Two"));
        assertThat(page.select("[data-testid=select-results]"))
                .as("all are on the page")
                .isEmpty();
        List<String> some = refs(page).stream()
                .filter(ref -> !ref.equals(refs(page).stream()
                        .filter(each -> each.endsWith("@Two"))
                        .findFirst()
                        .orElseThrow()))
                .toList();
        Element done = result(act(page, "archive", some));
        assertThat(done.text()).contains("3 messages archived.").contains("1 was there already.");
        assertThat(count("One")).isZero();
        assertThat(count("Two")).isEqualTo(1);
        assertThat(refs(search("subject:crake"))).hasSize(5).noneMatch(ref -> ref.endsWith("@One"));
        assertThat(result(gus.post(undoPath(done))).text()).contains("3 messages are back where they were.");
        assertThat(count("One")).isEqualTo(2);
        assertThat(count("Two")).isEqualTo(2);

        assertThat(gus.follow(act(page, "archive", List.of())).flash()).contains("Select a message first.");
        assertThat(gus.follow(act(
                                search("subject:crake"),
                                "move",
                                refs(search("subject:crake")).subList(0, 2)))
                        .flash())
                .contains("Choose a mailbox");
    }

    @Test
    void whatTheServerFindsButTheResultDoesNotShowIsNotTouched() {
        String query = "stint on:2026-03-01 has:attachment";
        Document page = all(query);
        assertThat(subjects(page)).containsExactly("stint file 2026-03-01");
        assertThat(page.select("[data-testid=whole]").text()).contains("All 1 results are selected.");
        Element done = result(act(page, "flag", refs(page)));
        assertThat(done.text()).contains("1 message flagged.");
        assertThat(flagged("Days")).containsExactly("stint file 2026-03-01");
        assertThat(result(gus.post(undoPath(done))).text()).contains("1 message is marked as it was before.");
        assertThat(flagged("Days")).isEmpty();
    }

    @Test
    void deletingResultsForGoodAsksFirst() {
        Document page = all("subject:dunlin in:trash");
        assertThat(page.select(".list-tools button[value=expunge]")).hasSize(1);
        int before = count("Trash");
        Document question = act(page, "expunge", refs(page)).expect(200).html();
        assertThat(question.text()).contains("These 12 messages are deleted for good.");
        assertThat(count("Trash")).isEqualTo(before);
        List<String> fields = new ArrayList<>();
        question.select("[data-testid=confirm-form] input")
                .forEach(field -> fields.addAll(List.of(field.attr("name"), field.val())));
        assertThat(result(gus.post("search/actions", fields.toArray(String[]::new)))
                        .text())
                .contains("12 messages deleted for good.")
                .doesNotContain("Undo");
        assertThat(count("Trash")).isEqualTo(before - 12);
        assertThat(refs(search("subject:dunlin"))).hasSize(2);
    }

    @Test
    void nonsenseIsNoResult() {
        Document page = all("subject:knot in:Odd");
        List<String> refs = refs(page);
        String good = page.select("input[name=upto]").val();
        for (String upto : List.of("7", "@Odd", "x@Odd", "0.0@Odd", "7.1@~ZZ", "99999999999.1@Odd")) {
            gus.post("search/actions", form(refs, "subject:knot in:Odd", upto, "2026-03-01"))
                    .expect(404);
        }
        gus.post("search/actions", form(refs, "subject:knot in:Odd", good, "yesterday"))
                .expect(404);
        gus.post("search/actions", form(refs, "", good, "2026-03-01")).expect(404);
        gus.post("search/actions", "action", "archive", "q", "x", "ref", "1.1").expect(404);
        // Another era, a mailbox that was not searched, and none.
        assertThat(result(gus.post("search/actions", form(refs, "subject:knot in:Odd", "7.9@Odd", "2026-03-01")))
                        .text())
                .contains("Odd could not be opened");
        assertThat(result(gus.post("search/actions", form(refs, "subject:knot in:Junk", good, "2026-03-01")))
                        .text())
                .contains("no message left");
        assertThat(count("Odd")).isEqualTo(2);
    }

    private static String[] form(List<String> refs, String query, String upto, String day) {
        return new String[] {
            "action",
            "archive",
            "q",
            query,
            "within",
            "",
            "scope",
            "all",
            "shown",
            "1",
            "upto",
            upto,
            "day",
            day,
            "ref",
            refs.getFirst()
        };
    }

    @Test
    void whatAServerShowsInTwoMailboxesIsMeantOnce() {
        List<Filed> messages = IntStream.range(0, 3)
                .mapToObj(i -> filed("ruff " + i, "text/plain", "2026-03-02T12:00:00Z", ""))
                .toList();
        stage.dovecot().fill("gus@palomar.example", "Label", messages.subList(0, 2));
        stage.dovecot().fill("gus@palomar.example", "Everything", messages);
        List<Mailbox> mailboxes = List.of(
                new Mailbox(new MailboxName("Everything"), '/', Set.of(), SpecialUse.ALL, true, null),
                new Mailbox(new MailboxName("Label"), '/', Set.of(), null, true, null));
        try (MailSession mail = stage.mail("gus")) {
            List<MessageRef> newest = mailboxes.stream()
                    .map(mailbox -> {
                        MailboxStatus status = mail.status(mailbox.name());
                        return new MessageRef(mailbox.name(), status.uidValidity(), new Uid(status.uidNext() - 1));
                    })
                    .toList();
            Query query = Query.parse("subject:ruff");
            Map<MailboxName, Selected> meant = new WholeResult(newest, LocalDate.EPOCH, null)
                    .in(Scope.of(query, mailboxes, null), Criteria.of(query, LocalDate.EPOCH, ZoneOffset.UTC));
            assertThat(meant.keySet()).extracting(MailboxName::value).containsExactly("Label", "Everything");
            for (int attempt = 0; attempt < 2; attempt++) {
                assertThat(meant.entrySet().stream()
                                .map(each -> mail.<Integer>examine(
                                        each.getKey(),
                                        open -> each.getValue().in(open).size()))
                                .toList())
                        .containsExactly(2, 1);
            }
        }
    }
}
