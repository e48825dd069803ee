package org.palomar.contacts;

import java.time.Duration;
import java.util.List;
import org.palomar.account.SignedIn;
import org.palomar.contacts.ContactList.Filter;
import org.palomar.tree.WithTree;
import org.palomar.vcard.Property;
import org.palomar.web.Htmx;
import org.palomar.web.NotFoundException;
import org.palomar.web.SecurityHeaders;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;

/** The list of contacts, one of them beside it, and who may be meant by what is being written. */
@Controller
@WithTree
class ContactsController {

    private final ContactReader reader;
    private final ContactBook book;
    private final Suggestions suggestions;

    ContactsController(ContactReader reader, ContactBook book, Suggestions suggestions) {
        this.reader = reader;
        this.book = book;
        this.suggestions = suggestions;
    }

    @GetMapping("/contacts")
    String list(
            SignedIn person,
            @RequestParam(defaultValue = "") String q,
            @RequestParam(defaultValue = "") String group,
            @RequestParam(defaultValue = "false") boolean collected,
            @RequestParam(defaultValue = "1") int page,
            Htmx htmx,
            Model model) {
        model.addAttribute("page", reader.page(person.username(), new Filter(q, group, collected), page));
        return htmx.view("contacts/show", "contacts/_list :: list");
    }

    @GetMapping("/contacts/{id}")
    String show(
            SignedIn person,
            @PathVariable String id,
            @RequestParam(defaultValue = "") String q,
            @RequestParam(defaultValue = "") String group,
            @RequestParam(defaultValue = "false") boolean collected,
            @RequestParam(defaultValue = "1") int page,
            Htmx htmx,
            Model model) {
        model.addAttribute("contact", ContactPage.of(found(person, id)));
        model.addAttribute("page", reader.page(person.username(), new Filter(q, group, collected), page));
        return htmx.view("contacts/show", "contacts/_card");
    }

    /** The picture of a contact: what it is was told from its octets, and a browser has nothing to guess (S10, S11). */
    @GetMapping("/contacts/{id}/photo")
    ResponseEntity<byte[]> photo(SignedIn person, @PathVariable String id) {
        Property.Photo photo = found(person, id).card().photo();
        if (photo == null) {
            throw new NotFoundException("error.404.text");
        }
        return ResponseEntity.ok()
                .contentType(MediaType.parseMediaType(photo.mediaType()))
                .header("Content-Security-Policy", SecurityHeaders.FILE)
                .header("X-Content-Type-Options", "nosniff")
                .cacheControl(CacheControl.maxAge(Duration.ofMinutes(10)).cachePrivate())
                .body(photo.octets());
    }

    @GetMapping("/contacts/suggest")
    @ResponseBody
    ResponseEntity<List<Suggestions.Suggestion>> suggest(SignedIn person, @RequestParam(defaultValue = "") String q) {
        return ResponseEntity.ok()
                .cacheControl(CacheControl.maxAge(Duration.ofSeconds(30)).cachePrivate())
                .body(suggestions.of(person.username(), q));
    }

    private Contact found(SignedIn person, String id) {
        return book.find(person.username(), id).orElseThrow(() -> new NotFoundException("contacts.gone"));
    }
}
