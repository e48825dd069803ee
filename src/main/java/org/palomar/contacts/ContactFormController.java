package org.palomar.contacts;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.palomar.account.SignedIn;
import org.palomar.tree.WithTree;
import org.palomar.vcard.Property;
import org.palomar.vcard.VCard;
import org.palomar.web.Flash;
import org.palomar.web.NotFoundException;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.ModelAndView;

/** Writes a contact. */
@Controller
@WithTree
class ContactFormController {

    private final ContactBook book;
    private final ContactList list;
    private final ContactUndos undos;

    ContactFormController(ContactBook book, ContactList list, ContactUndos undos) {
        this.book = book;
        this.list = list;
        this.undos = undos;
    }

    @GetMapping("/contacts/new")
    ModelAndView blank(
            SignedIn person,
            @RequestParam(defaultValue = "") String group,
            @RequestParam(defaultValue = "") String name,
            @RequestParam(defaultValue = "") String address) {
        VCard card =
                ContactForm.grouped(VCard.empty(), group.isBlank() ? java.util.List.of() : java.util.List.of(group));
        return page(person, "", ContactForm.of(card.with("FN", name).with("EMAIL", address)), false, "");
    }

    @GetMapping("/contacts/{id}/edit")
    ModelAndView edit(SignedIn person, @PathVariable String id) {
        VCard card = found(person, id).card();
        return page(person, id, ContactForm.of(card), card.photo() != null, "");
    }

    @PostMapping("/contacts")
    ModelAndView add(
            SignedIn person,
            @RequestParam MultiValueMap<String, String> sent,
            @RequestParam(required = false) @Nullable MultipartFile photo,
            HttpServletRequest request) {
        return save(person, "", VCard.empty(), sent, photo, request);
    }

    @PostMapping("/contacts/{id}")
    ModelAndView change(
            SignedIn person,
            @PathVariable String id,
            @RequestParam MultiValueMap<String, String> sent,
            @RequestParam(required = false) @Nullable MultipartFile photo,
            HttpServletRequest request) {
        return save(person, id, found(person, id).card(), sent, photo, request);
    }

    private ModelAndView save(
            SignedIn person,
            String id,
            VCard card,
            MultiValueMap<String, String> sent,
            @Nullable MultipartFile photo,
            HttpServletRequest request) {
        ContactForm form = ContactForm.of(sent);
        boolean brought = photo != null && !photo.isEmpty();
        Property.Photo picture = photo == null || photo.isEmpty() ? null : ContactPhoto.of(octets(photo));
        String fault =
                !form.fault().isEmpty() ? form.fault() : brought && picture == null ? "contacts.fault.photo" : "";
        if (!fault.isEmpty()) {
            ModelAndView again = page(person, id, form, card.photo() != null, fault);
            again.setStatus(HttpStatus.UNPROCESSABLE_CONTENT);
            return again;
        }
        boolean without = sent.containsKey("removePhoto");
        try {
            if (id.isEmpty()) {
                String made = book.add(person.username(), pictured(form.onto(card), picture, without));
                Flash.ok("flash.contacts.added").keep(request.getSession());
                return new ModelAndView("redirect:/contacts/" + made);
            }
            Optional<ContactBook.Before> before =
                    book.change(person.username(), id, current -> pictured(form.onto(current), picture, without));
            Flash said = Flash.ok("flash.contacts.saved");
            before.map(each -> undos.offer(person, each, said)).orElse(said).keep(request.getSession());
            return new ModelAndView("redirect:/contacts/" + id);
        } catch (ContactBook.FullException _) {
            ModelAndView again = page(person, id, form, card.photo() != null, "contacts.fault.full");
            again.setStatus(HttpStatus.INSUFFICIENT_STORAGE);
            return again;
        }
    }

    private static VCard pictured(VCard card, Property.@Nullable Photo picture, boolean without) {
        return picture != null || without ? card.withPhoto(picture) : card;
    }

    private static byte[] octets(MultipartFile file) {
        try {
            return file.getSize() > ContactPhoto.LARGEST ? new byte[0] : file.getBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ModelAndView page(SignedIn person, String id, ContactForm form, boolean hasPhoto, String fault) {
        ModelAndView page = new ModelAndView("contacts/edit");
        page.addObject("id", id);
        page.addObject("form", form);
        page.addObject("hasPhoto", hasPhoto);
        page.addObject("fault", fault);
        page.addObject("groupNames", list.groups(person.username()));
        return page;
    }

    private Contact found(SignedIn person, String id) {
        return book.find(person.username(), id).orElseThrow(() -> new NotFoundException("contacts.gone"));
    }
}
