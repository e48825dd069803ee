package org.palomar.contacts;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.palomar.contacts.ContactList.Filter;
import org.springframework.stereotype.Component;

/** Writes contacts to be taken along, some at a time. Throws as {@link ContactBook} does. */
@Component
class ContactExport {

    private final ContactBook book;
    private final ContactList list;

    ContactExport(ContactBook book, ContactList list) {
        this.book = book;
        this.list = list;
    }

    /** What contacts are written as. */
    enum Format {
        VCARD3("text/vcard", "vcf"),
        VCARD4("text/vcard", "vcf"),
        CSV("text/csv", "csv");

        private final String mediaType;
        private final String extension;

        Format(String mediaType, String extension) {
            this.mediaType = mediaType;
            this.extension = extension;
        }

        static Format of(String word) {
            return switch (word) {
                case "vcard4" -> VCARD4;
                case "csv" -> CSV;
                default -> VCARD3;
            };
        }

        String mediaType() {
            return mediaType;
        }

        String extension() {
            return extension;
        }
    }

    /** All of a person's contacts, or those of a group. */
    void write(String person, String group, Format format, OutputStream out) {
        List<String> ids = list.ids(person, new Filter("", group, false), ContactBook.MOST);
        try {
            if (format == Format.CSV) {
                // The mark tells Excel that it is UTF-8.
                out.write(("\uFEFF" + Csv.written(CsvContacts.HEADER)).getBytes(StandardCharsets.UTF_8));
            }
            for (List<String> some : ContactBook.batches(ids)) {
                Map<String, Contact> found = new HashMap<>();
                book.find(person, some).forEach(each -> found.put(each.id(), each));
                for (Contact contact :
                        some.stream().map(found::get).filter(Objects::nonNull).toList()) {
                    out.write(written(contact, format).getBytes(StandardCharsets.UTF_8));
                }
            }
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String written(Contact contact, Format format) {
        return format == Format.CSV
                ? Csv.written(CsvContacts.row(contact.card()))
                : contact.card().as(format == Format.VCARD4).text();
    }
}
