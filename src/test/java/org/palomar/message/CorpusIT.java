package org.palomar.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.palomar.mail.MailboxName;
import org.palomar.testing.DovecotServer;
import org.palomar.testing.MailCorpus;
import org.palomar.testing.MailCorpus.Mail;
import org.palomar.testing.Product;
import org.palomar.testing.Visitor;

/**
 * Every message of the corpus through Dovecot, the product's pages and its downloads, held against what the corpus expects
 * of it. What few are missed is printed with the reason. Signatures, invitations and conversations have tests of their own.
 */
class CorpusIT {

    private static final String ALICE = "alice@palomar.example";
    private static final double ENOUGH = 0.99;

    private static DovecotServer dovecot;
    private static Product product;
    private static Visitor alice;
    private static final Map<String, List<Mail>> categories = new LinkedHashMap<>();

    @BeforeAll
    static void fill() {
        MailCorpus corpus = MailCorpus.open();
        dovecot = DovecotServer.start();
        for (Mail mail : corpus.mails()) {
            categories.computeIfAbsent(mail.category(), _ -> new ArrayList<>()).add(mail);
            dovecot.put(ALICE, mail.category(), mail.source());
        }
        product = Product.at(dovecot.port());
        alice = product.visitor().signedIn("alice");
    }

    @AfterAll
    static void stop() {
        if (alice != null) {
            alice.close();
        }
        if (product != null) {
            product.close();
        }
        if (dovecot != null) {
            dovecot.close();
        }
    }

    @Test
    void everyMessageMeetsItsExpectations() {
        List<String> misses = new ArrayList<>();
        int messages = 0;
        int missed = 0;
        for (var category : categories.entrySet()) {
            String segment = new MailboxName(category.getKey()).toSegment();
            List<String> refs = refs(segment, category.getValue().size());
            for (int i = 0; i < refs.size(); i++) {
                Mail mail = category.getValue().get(i);
                messages++;
                String path = "mailboxes/" + segment + "/messages/" + refs.get(i);
                List<String> faults = Expectations.unmet(mail, new Opened(alice, path), path);
                missed += faults.isEmpty() ? 0 : 1;
                faults.forEach(fault -> misses.add(mail.id() + ": " + fault));
            }
        }
        String told = (messages - missed) + " of " + messages + " messages meet every expectation; misses:"
                + (misses.isEmpty() ? " none" : "\n" + String.join("\n", misses));
        System.err.println(told);
        assertThat(misses).as(told).noneMatch(miss -> miss.contains("page 5") || miss.contains("blank"));
        assertThat(messages - missed).as(told).isGreaterThanOrEqualTo((int) Math.ceil(messages * ENOUGH));
    }

    /** Rows come newest first; files were put in order. */
    private static List<String> refs(String segment, int count) {
        List<String> refs = new ArrayList<>();
        for (int page = 1; page <= (count + 49) / 50; page++) {
            alice.get("mailboxes/" + segment + "?page=" + page)
                    .expect(200)
                    .html()
                    .select("[data-testid=message-row]")
                    .forEach(row -> refs.addFirst(row.attr("data-ref")));
        }
        assertThat(refs).as(segment).hasSize(count);
        return refs;
    }
}
