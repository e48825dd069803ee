package org.palomar.testing;

import java.net.URI;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.function.Predicate;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.palomar.testing.Visitor.Answer;

/** Opens everything that pages lead to with a GET: links, frames, pictures, scripts and what htmx or our scripts would fetch. */
public final class Crawl {

    private static final List<String> ADDRESSES =
            List.of("href", "src", "hx-get", "data-measure-url", "data-url", "data", "poster", "xlink:href");

    private final Visitor visitor;
    private final Predicate<URI> wanted;
    private final int most;
    private final Map<URI, Answer> answers = new LinkedHashMap<>();
    private final Set<String> outside = new LinkedHashSet<>();

    private Crawl(Visitor visitor, Predicate<URI> wanted, int most) {
        this.visitor = visitor;
        this.wanted = wanted;
        this.most = most;
    }

    /**
     * Crawls within the visitor's host and port.
     *
     * @param wanted which addresses to open
     * @param most how many at most; one more is an error, so that a crawl never ends early unnoticed
     */
    public static Crawl from(Visitor visitor, Predicate<URI> wanted, int most, String... starts) {
        Crawl crawl = new Crawl(visitor, wanted, most);
        crawl.run(starts);
        return crawl;
    }

    /** What came back, by address without fragment. */
    public Map<URI, Answer> answers() {
        return answers;
    }

    /** Addresses on other hosts or ports, as written. */
    public Set<String> outside() {
        return outside;
    }

    private void run(String... starts) {
        Queue<URI> queue = new ArrayDeque<>();
        Set<URI> known = new LinkedHashSet<>();
        for (String start : starts) {
            add(visitor.resolve(start), queue, known);
        }
        while (!queue.isEmpty()) {
            URI uri = queue.remove();
            if (answers.size() == most) {
                throw new AssertionError("more than " + most + " pages, next " + uri);
            }
            Answer answer = visitor.get(uri.toString());
            answers.put(uri, answer);
            if (answer.status() >= 300 && answer.status() < 400) {
                add(uri.resolve(answer.header("Location")), queue, known);
            } else if (answer.isHtml()) {
                for (URI link : links(answer)) {
                    add(link, queue, known);
                }
            }
        }
    }

    /** Every address in a page that a browser or our scripts would open with a GET. */
    public static Set<URI> links(Answer answer) {
        Set<URI> links = new LinkedHashSet<>();
        Document page = answer.html();
        page.select("template").forEach(template -> page.body().append(template.html()));
        for (Element element : page.getAllElements()) {
            for (String attribute : ADDRESSES) {
                String value = element.attr(attribute);
                if (!value.isEmpty() && !value.startsWith("#") && !value.startsWith("data:")) {
                    try {
                        links.add(answer.uri().resolve(value));
                    } catch (IllegalArgumentException e) {
                        throw new AssertionError(answer.uri() + " has a link that is no address: " + value, e);
                    }
                }
            }
        }
        return links;
    }

    private void add(URI link, Queue<URI> queue, Set<URI> known) {
        String text = link.toString();
        int hash = text.indexOf('#');
        URI uri = hash < 0 ? link : URI.create(text.substring(0, hash));
        if (!uri.isOpaque()
                && visitor.base().getScheme().equals(uri.getScheme())
                && visitor.base().getAuthority().equals(uri.getAuthority())) {
            if (!isOneOfManyAlike(uri) && wanted.test(uri) && known.add(uri)) {
                queue.add(uri);
            }
        } else {
            outside.add(text);
        }
    }

    /** Every message can be read in two dozen encodings: one of them stands for all. */
    private static boolean isOneOfManyAlike(URI uri) {
        String query = uri.getRawQuery();
        return query != null && query.contains("charset=") && !query.contains("charset=utf-8");
    }
}
