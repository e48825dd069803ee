package org.palomar.query;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What a person looks for. Any text is a query: what is no operator, or has a value that makes no sense, is searched as text.
 *
 * @param terms in the order in which they were typed, at most 25, none twice
 */
public record Query(List<Term> terms) {

    public Query {
        terms = terms.stream().distinct().toList();
    }

    /** Reads any text; never fails. {@code parse(q.toString())} equals {@code q}. */
    public static Query parse(String typed) {
        return new Query(new QueryParser(typed).terms());
    }

    public boolean isEmpty() {
        return terms.isEmpty();
    }

    /** The same search without one of its parts. */
    public Query without(Term term) {
        return new Query(terms.stream().filter(each -> !each.equals(term)).toList());
    }

    /** The same search in one more place. */
    public Query with(Term term) {
        List<Term> more = new ArrayList<>(terms);
        more.add(term);
        return new Query(more);
    }

    /** Where to look. */
    public List<Term.In> places() {
        return terms.stream()
                .filter(Term.In.class::isInstance)
                .map(Term.In.class::cast)
                .toList();
    }

    /** The texts looked for, to be marked where they are found. */
    public List<String> texts() {
        return terms.stream()
                .filter(term -> term instanceof Term.Text && !term.negated())
                .map(term -> ((Term.Text) term).text())
                .toList();
    }

    @Override
    public String toString() {
        return terms.stream().map(Term::toString).collect(Collectors.joining(" "));
    }
}
