package org.palomar.contacts;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.palomar.contacts.ContactList.Filter;
import org.palomar.contacts.ContactList.Found;
import org.palomar.contacts.ContactList.Group;
import org.palomar.contacts.ContactList.Letter;
import org.palomar.contacts.ContactList.Row;
import org.palomar.web.Paging;

/**
 * The list of contacts as a page shows it; paths start at the context root.
 *
 * @param collected how many were collected and not yet kept
 */
public record ContactsPage(Filter filter, Found found, List<Group> groups, List<Letter> letters, int collected) {

    public ContactsPage {
        groups = List.copyOf(groups);
        letters = List.copyOf(letters);
    }

    /** Rows that stand under one letter. */
    public record Section(String initial, List<RowView> rows) {}

    /** @param hue of the round face, 1 to 6 */
    public record RowView(
            String id,
            String name,
            String below,
            String initials,
            int hue,
            boolean photo,
            boolean collected,
            String url) {}

    public List<Section> sections() {
        List<Section> sections = new ArrayList<>();
        for (Row row : found.rows()) {
            if (sections.isEmpty() || !sections.getLast().initial().equals(row.initial())) {
                sections.add(new Section(row.initial(), new ArrayList<>()));
            }
            sections.getLast().rows().add(view(row));
        }
        return sections;
    }

    private RowView view(Row row) {
        String below = row.address().isEmpty() || row.address().equalsIgnoreCase(row.name())
                ? row.organisation()
                : row.address();
        return new RowView(
                row.id(),
                row.name().isEmpty() ? "?" : row.name(),
                below.equals(row.name()) ? "" : below,
                ContactPage.initials(row.name()),
                hue(row.id()),
                row.photo(),
                row.collected(),
                "/contacts/" + row.id() + query(found.page()));
    }

    static int hue(String id) {
        return Math.floorMod(id.hashCode(), 6) + 1;
    }

    public String url() {
        return "/contacts" + query(found.page());
    }

    public String url(int page) {
        return "/contacts" + query(page);
    }

    public String groupUrl(String group) {
        return "/contacts?group=" + encoded(group);
    }

    public @Nullable String previous() {
        return found.page() > 1 ? url(found.page() - 1) : null;
    }

    public @Nullable String next() {
        return found.page() < found.pages() ? url(found.page() + 1) : null;
    }

    public int first() {
        return (found.page() - 1) * Paging.SIZE + 1;
    }

    public int last() {
        return first() + found.rows().size() - 1;
    }

    private String query(int page) {
        StringBuilder query = new StringBuilder();
        append(query, "q", filter.sought());
        append(query, "group", filter.group());
        append(query, "collected", filter.collected() ? "true" : "");
        append(query, "page", page > 1 ? Integer.toString(page) : "");
        return query.toString();
    }

    private static void append(StringBuilder query, String name, String value) {
        if (!value.isEmpty()) {
            query.append(query.isEmpty() ? "?" : "&").append(name).append('=').append(encoded(value));
        }
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }
}
