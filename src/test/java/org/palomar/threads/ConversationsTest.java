package org.palomar.threads;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.palomar.mail.Address;
import org.palomar.mail.Envelope;
import org.palomar.mail.Lineage;
import org.palomar.mail.MessageId;
import org.palomar.mail.Uid;

class ConversationsTest {

    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
    private static final String ME = "alice@palomar.example";
    private static final String BOB = "bob@palomar.example";
    private static final String CAROL = "carol@palomar.example";

    /** A letter without its UID: when it arrives is chosen later. */
    private record Letter(
            String id, List<String> references, String inReplyTo, String subject, String from, String to, int day) {

        static Letter of(String id, String... references) {
            return new Letter(id, List.of(references), null, "Lunch", BOB, ME, 0);
        }

        Letter about(String words) {
            return new Letter(id, references, inReplyTo, words, from, to, day);
        }

        Letter between(String author, String recipient) {
            return new Letter(id, references, inReplyTo, subject, author, recipient, day);
        }

        Letter on(int when) {
            return new Letter(id, references, inReplyTo, subject, from, to, when);
        }

        Letter answering(String parent) {
            return new Letter(id, references, parent, subject, from, to, day);
        }

        Fact fact(int uid) {
            Envelope envelope = new Envelope(
                    NOON.plusSeconds(86_400L * day),
                    subject,
                    List.of(new Address(null, from)),
                    List.of(),
                    List.of(),
                    List.of(new Address(null, to)),
                    List.of(),
                    List.of(),
                    inReplyTo == null ? null : "<" + inReplyTo + ">",
                    id == null ? null : new MessageId("<" + id + ">"));
            List<MessageId> ids =
                    references.stream().map(r -> new MessageId("<" + r + ">")).toList();
            return Fact.of(new Lineage(new Uid(Integer.toUnsignedLong(uid)), envelope, ids), ME);
        }
    }

    /** Sets of letters that belong together, whichever came first. */
    private static Set<Set<Letter>> conversations(List<Letter> arrived) {
        List<Fact> facts = new ArrayList<>();
        for (int i = 0; i < arrived.size(); i++) {
            facts.add(arrived.get(i).fact(i + 1));
        }
        return groups(Facts.NONE.plus(facts), arrived);
    }

    private static Set<Set<Letter>> groups(Facts facts, List<Letter> byUid) {
        return groups(Conversations.of(facts), facts, byUid);
    }

    private static Set<Set<Letter>> groups(Conversations conversations, Facts facts, List<Letter> byUid) {
        Set<Set<Letter>> groups = new HashSet<>();
        int newest = Integer.MAX_VALUE;
        int members = 0;
        for (int rank = 0; rank < conversations.count(); rank++) {
            int head = conversations.head(rank);
            assertThat(head).as("newest first").isLessThan(newest);
            newest = head;
            int[] group = conversations.members(head);
            members += group.length;
            assertThat(group[0]).isEqualTo(head);
            assertThat(conversations.members(group[group.length - 1])).isEqualTo(group);
            Set<Letter> letters = new HashSet<>();
            Arrays.stream(group).forEach(i -> letters.add(byUid.get(facts.uids()[i] - 1)));
            groups.add(letters);
        }
        assertThat(members).as("each message once").isEqualTo(facts.size());
        return groups;
    }

    @Test
    void answersJoinWhatTheyAnswerAlsoWhenThatIsMissing() {
        Letter first = Letter.of("1");
        Letter answer = Letter.of("3", "1", "2");
        Letter sibling = Letter.of("4", "2");
        Letter outlook = Letter.of("5").answering("4");
        Letter other = Letter.of("9");
        assertThat(conversations(List.of(first, answer, sibling, outlook, other)))
                .containsExactlyInAnyOrder(Set.of(first, answer, sibling, outlook), Set.of(other));
    }

    @Test
    void equalSubjectsAloneJoinNobody() {
        Letter january = Letter.of("1").about("Invoice").between("billing@one.example", ME);
        Letter march = Letter.of("2")
                .about("Invoice")
                .between("billing@one.example", ME)
                .on(30);
        Letter stranger = Letter.of("3")
                .about("Re: Invoice")
                .between("desk@two.example", ME)
                .on(31);
        Letter toStranger = Letter.of("4")
                .about("Re: Invoice")
                .between(ME, "desk@two.example")
                .on(32);
        assertThat(conversations(List.of(january, march, stranger))).hasSize(3);
        assertThat(conversations(List.of(january, march, toStranger))).hasSize(3);
    }

    @Test
    void anAnswerWithoutReferencesJoinsTheNearestOneItCanBeMeantFor() {
        Letter january = Letter.of("1").about("Invoice").between(BOB, ME);
        Letter march = Letter.of("2").about("[desk] Invoice").between(BOB, ME).on(40);
        Letter mine =
                Letter.of("3").about("AW: [desk] Re: Invoice").between(ME, BOB).on(41);
        Letter late = Letter.of("4").about("Re: Invoice").between(ME, BOB).on(41 + Conversations.DAYS + 1);
        assertThat(conversations(List.of(january, march, mine, late)))
                .containsExactlyInAnyOrder(Set.of(january), Set.of(march, mine), Set.of(late));
    }

    @Test
    void anAnswerWithReferencesNeedsNoSubject() {
        Letter asked = Letter.of("1").about("Lunch").between(BOB, ME);
        Letter elsewhere =
                Letter.of("2", "not-here").about("Re: Lunch").between(ME, BOB).on(1);
        assertThat(conversations(List.of(asked, elsewhere))).hasSize(2);
    }

    @Test
    void cyclesAndSelfReferencesAreHarmless() {
        Letter a = Letter.of("a", "b", "c", "a");
        Letter b = Letter.of("b", "c", "a");
        Letter c = Letter.of("c", "a", "c", "c");
        assertThat(conversations(List.of(a, b, c))).containsExactly(Set.of(a, b, c));
    }

    @Test
    void copiesBelongTogetherButAnIdentifierThatMeansNothingJoinsNobody() {
        Letter original = Letter.of("1").about("Lunch");
        Letter copy = Letter.of("1").about("[friends] Re: Lunch").on(1);
        assertThat(conversations(List.of(original, copy))).hasSize(1);
        List<Letter> scans = IntStream.range(0, 20)
                .mapToObj(i -> Letter.of("scan@localhost").about("Scan " + i))
                .toList();
        assertThat(conversations(scans)).hasSize(20);
    }

    @Test
    void messagesWithoutIdentifiersStandAlone() {
        Letter one = Letter.of(null).about("One");
        Letter two = Letter.of(null, "1").about("Two");
        Letter three = Letter.of(null, "1").about("Three");
        assertThat(conversations(List.of(one, two, three))).containsExactlyInAnyOrder(Set.of(one), Set.of(two, three));
    }

    @Test
    void aChainOfTenThousandIsCutAndStillFindsItsConversation() {
        String[] chain = IntStream.range(0, 10_000).mapToObj(i -> "c" + i).toArray(String[]::new);
        Letter root = Letter.of("c0");
        Letter parent = Letter.of("c9999", Arrays.copyOf(chain, 9_999));
        Letter last = Letter.of("end", chain);
        assertThat(last.fact(1).ancestors()).hasSizeLessThanOrEqualTo(Fact.MOST_ANCESTORS);
        assertThat(conversations(List.of(root, parent, last))).containsExactly(Set.of(root, parent, last));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void theOrderOfArrivalDoesNotMatter(long seed) {
        List<Letter> letters = story(new Random(seed), 300);
        Set<Set<Letter>> expected = conversations(letters);
        assertThat(expected).hasSizeGreaterThan(20).hasSizeLessThan(280);
        for (int shuffle = 0; shuffle < 5; shuffle++) {
            Collections.shuffle(letters, new Random(seed * 31 + shuffle));
            assertThat(conversations(letters)).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13, 14, 15, 16, 17, 18})
    void changedBitByBitItIsAsIfMadeAnew(long seed) {
        Random random = new Random(seed);
        List<Letter> letters = story(random, 300);
        List<Integer> there = new ArrayList<>();
        List<Integer> outside =
                new ArrayList<>(IntStream.range(0, letters.size()).boxed().toList());
        Collections.shuffle(outside, random);
        Facts facts = Facts.NONE;
        for (int step = 0; step < 60; step++) {
            List<Fact> arriving = new ArrayList<>();
            for (int i = random.nextInt(20); i > 0 && !outside.isEmpty(); i--) {
                int uid = outside.removeLast() + 1;
                there.add(uid);
                arriving.add(letters.get(uid - 1).fact(uid));
            }
            facts = facts.plus(arriving);
            Set<Integer> leaving = new HashSet<>();
            for (int i = random.nextInt(8); i > 0 && !there.isEmpty(); i--) {
                int uid = there.remove(random.nextInt(there.size()));
                leaving.add(uid);
                outside.addFirst(uid - 1);
            }
            int[] uids = facts.uids();
            facts = facts.only(i -> !leaving.contains(uids[i]));
            List<Fact> all =
                    there.stream().map(uid -> letters.get(uid - 1).fact(uid)).toList();
            Facts anew = Facts.NONE.plus(all);
            assertThat(facts.uids()).isEqualTo(anew.uids());
            assertThat(facts.ids().length).isEqualTo(anew.ids().length);
            assertThat(groups(facts, letters)).isEqualTo(groups(anew, letters));
            for (int i = 0; i < facts.size(); i++) {
                assertThat(facts.name(i)).isEqualTo(anew.name(i));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {21, 22, 23, 24, 25, 26, 27, 28})
    void whatComesBehindIsTakenInAsIfGroupedAnew(long seed) {
        Random random = new Random(seed);
        List<Letter> letters = story(random, 400);
        // Where every subject has an answer without references, everything is grouped anew each time.
        letters.replaceAll(each -> each.references().isEmpty() && random.nextInt(30) > 0 ? each.about("Note") : each);
        // Copies, and an identifier that two letters claim.
        for (int i = 0; i < 30; i++) {
            Letter one = letters.get(random.nextInt(letters.size()));
            letters.add(random.nextBoolean() ? one : one.about("Quite another"));
        }
        Collections.shuffle(letters, random);
        Facts facts = Facts.NONE;
        Conversations conversations = Conversations.of(facts);
        int grown = 0;
        for (int uid = 1; uid <= letters.size(); ) {
            List<Fact> arriving = new ArrayList<>();
            for (int i = 1 + random.nextInt(3); i > 0 && uid <= letters.size(); i--) {
                arriving.add(letters.get(uid - 1).fact(uid++));
            }
            facts = facts.plus(arriving);
            Conversations next = Growth.of(conversations, facts);
            grown += next == null ? 0 : 1;
            conversations = next == null ? Conversations.of(facts) : next;
            assertThat(groups(conversations, facts, letters)).isEqualTo(groups(facts, letters));
        }
        assertThat(grown).isGreaterThan(50);
    }

    @Test
    void largeUidsAreUnsigned() {
        Facts facts = Facts.NONE.plus(List.of(
                Letter.of("1").fact((int) 4_294_967_295L), Letter.of("2", "1").fact(7)));
        assertThat(facts.indexOf(4_294_967_295L)).isEqualTo(1);
        assertThat(facts.indexOf(7)).isZero();
        assertThat(facts.indexOf(8)).isNegative();
        assertThat(Conversations.of(facts).members(0)).containsExactly(1, 0);
    }

    /** What a mailbox holds: exchanges, some of them cut, notices with equal subjects, answers without references. */
    private static List<Letter> story(Random random, int size) {
        List<Letter> letters = new ArrayList<>();
        String[] people = {ME, BOB, CAROL, "dan@palomar.example"};
        for (int i = 0; i < size; i++) {
            String from = people[random.nextInt(people.length)];
            String to = from.equals(ME) ? people[1 + random.nextInt(3)] : ME;
            String subject = "Subject " + random.nextInt(25);
            String[] references = {};
            if (random.nextInt(10) < 6 && !letters.isEmpty()) {
                Letter parent = letters.get(random.nextInt(letters.size()));
                subject = random.nextInt(20) == 0 ? subject : "Re: " + BaseSubjectTest.words(parent.subject());
                if (random.nextInt(3) > 0) {
                    List<String> chain = new ArrayList<>(parent.references());
                    chain.add(parent.id() == null ? "lost" + i : parent.id());
                    references = chain.subList(random.nextInt(chain.size()), chain.size())
                            .toArray(String[]::new);
                }
            }
            // The day is each letter's own: of two letters sent in the same second none is the nearer one.
            letters.add(Letter.of(random.nextInt(30) == 0 ? null : "id" + i, references)
                    .about(subject)
                    .between(from, to)
                    .on(i));
        }
        return letters;
    }
}
