package org.palomar.migration.imap;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.palomar.mail.Mailbox;
import org.palomar.mail.MailboxName;
import org.palomar.mail.SpecialUse;
import org.palomar.migration.Plan;

/** Where mailboxes of other servers lie here. */
class RoutesTest {

    private static final Here SLASHED = new Here(
            '/',
            "",
            Map.of(
                    SpecialUse.INBOX,
                    MailboxName.INBOX,
                    SpecialUse.SENT,
                    new MailboxName("Sent"),
                    SpecialUse.TRASH,
                    new MailboxName("Trash")));

    private static final Here DOTTED = new Here(
            '.',
            "INBOX.",
            Map.of(SpecialUse.INBOX, MailboxName.INBOX, SpecialUse.SENT, new MailboxName("INBOX.Sent Messages")));

    private final List<Mailbox> there = new ArrayList<>();

    private RoutesTest with(String name, char delimiter, SpecialUse use, String... attributes) {
        there.add(new Mailbox(new MailboxName(name), delimiter, Set.of(attributes), use, true, null));
        return this;
    }

    private Map<String, String> to(Here here, String prefix, String target, Plan.Pair... pairs) {
        Plan plan = new Plan(null, target, Plan.FOREVER, false, 0, List.of(pairs), null, "alice");
        Map<String, String> found = new LinkedHashMap<>();
        Routes.of(there, prefix, false, here, plan)
                .forEach(route ->
                        found.put(route.from().name().value(), route.to().value()));
        return found;
    }

    @Test
    void specialMailboxesArePutTogetherWithWhatHangsUnderThem() {
        with("INBOX", '.', SpecialUse.INBOX)
                .with("INBOX.Gesendet", '.', null)
                .with("INBOX.Gesendet.2019", '.', null)
                .with("INBOX.Work.Papierkorb", '.', null)
                .with("INBOX.Work", '.', null);
        assertThat(to(SLASHED, "INBOX.", "INBOX"))
                .containsExactlyEntriesOf(order(
                        "INBOX", "INBOX",
                        "INBOX.Gesendet", "Sent",
                        "INBOX.Gesendet.2019", "Sent/2019",
                        "INBOX.Work.Papierkorb", "Work/Papierkorb",
                        "INBOX.Work", "Work"));
    }

    @Test
    void everythingIsHungUnderAnotherMailboxAsItWas() {
        with("INBOX", '/', SpecialUse.INBOX)
                .with("INBOX/below", '/', null)
                .with("Sent", '/', SpecialUse.SENT)
                .with("v1.2/notes", '/', null);
        assertThat(to(DOTTED, "", "INBOX.Old"))
                .containsExactlyEntriesOf(order(
                        "INBOX", "INBOX.Old.INBOX",
                        "INBOX/below", "INBOX.Old.INBOX.below",
                        "Sent", "INBOX.Old.Sent",
                        "v1.2/notes", "INBOX.Old.v1_2.notes"));
        assertThat(to(DOTTED, "", "INBOX"))
                .containsExactlyEntriesOf(order(
                        "INBOX", "INBOX",
                        "INBOX/below", "INBOX.below",
                        "Sent", "INBOX.Sent Messages",
                        "v1.2/notes", "INBOX.v1_2.notes"));
    }

    @Test
    void namesThatCannotBeHeldAreMadeSafeAndStayApart() {
        with("a/b", '.', null)
                .with("a_b", '.', null)
                .with("a*b", '.', null)
                .with("~root", '.', null)
                .with("x\u0007", '.', null)
                .with("Äpfel 🍎", '.', null)
                .with("..", '|', null)
                .with("|", '|', null)
                .with(" padded ", '.', null);
        assertThat(to(SLASHED, "", "INBOX"))
                .containsExactlyEntriesOf(order(
                        "a/b", "a_b 2",
                        "a_b", "a_b",
                        "a*b", "a_b 3",
                        "~root", "_root",
                        "x\u0007", "x_",
                        "Äpfel 🍎", "Äpfel 🍎",
                        "..", "_.",
                        "|", "_/_",
                        " padded ", "padded"));
    }

    @Test
    void longNamesAreCutWhereALetterEndsAndStayApart() {
        with("🍎".repeat(240) + "1", '/', null).with("🍎".repeat(240) + "2", '/', null);
        assertThat(to(SLASHED, "", "INBOX").values())
                .doesNotHaveDuplicates()
                .allSatisfy(name -> assertThat(name).matches("(🍎){20,40}-.{6}"));
    }

    @Test
    void onlyChosenMailboxesAndWhereThePersonSays() {
        with("INBOX", '/', SpecialUse.INBOX).with("Work", '/', null).with("Spam", '/', SpecialUse.JUNK);
        assertThat(to(SLASHED, "", "INBOX", new Plan.Pair("Work", "Elsewhere/Work"), new Plan.Pair("Spam", "")))
                .containsExactlyEntriesOf(order("Work", "Elsewhere/Work", "Spam", "Spam"));
    }

    @Test
    void whatCannotBeSelectedIsNotBrought() {
        with("[Gmail]", '/', null, "\\noselect")
                .with("[Gmail]/All Mail", '/', SpecialUse.ALL, "\\all")
                .with("[Gmail]/Important", '/', null, "\\important");
        assertThat(to(SLASHED, "", "INBOX"))
                .containsExactlyEntriesOf(order("[Gmail]/All Mail", "Archive", "[Gmail]/Important", "Important"));
    }

    private static Map<String, String> order(String... pairs) {
        Map<String, String> order = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            order.put(pairs[i], pairs[i + 1]);
        }
        return order;
    }
}
