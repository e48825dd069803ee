package org.palomar.contacts;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.palomar.account.SignedIn;
import org.palomar.contacts.ContactExport.Format;
import org.palomar.tree.WithTree;
import org.palomar.web.Flash;
import org.palomar.web.SecurityHeaders;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;

/** Brings contacts from a file, after a look at what would come, and takes them along as one. */
@Controller
@WithTree
class TransferController {

    private final ContactImports imports;
    private final ContactExport export;
    private final ContactList list;
    private final ContactUndos undos;

    TransferController(ContactImports imports, ContactExport export, ContactList list, ContactUndos undos) {
        this.imports = imports;
        this.export = export;
        this.list = list;
        this.undos = undos;
    }

    @GetMapping("/contacts/import")
    String choose(SignedIn person, Model model) {
        model.addAttribute("groups", list.groups(person.username()));
        return "contacts/transfer";
    }

    @PostMapping("/contacts/import")
    String bring(
            SignedIn person, @RequestParam(required = false) @Nullable MultipartFile file, HttpServletRequest request) {
        if (file == null || file.isEmpty()) {
            Flash.danger("flash.contacts.noFile").keep(request.getSession());
            return "redirect:/contacts/import";
        }
        return "redirect:/contacts/import/" + imports.keep(person, file);
    }

    @GetMapping("/contacts/import/{id}")
    String preview(SignedIn person, @PathVariable String id, Model model) {
        model.addAttribute("id", id);
        model.addAttribute("preview", imports.preview(person, id));
        model.addAttribute("groups", list.groups(person.username()));
        return "contacts/preview";
    }

    @PostMapping("/contacts/import/{id}")
    String take(
            SignedIn person,
            @PathVariable String id,
            @RequestParam(defaultValue = "") String group,
            HttpServletRequest request) {
        ContactImports.Done done = imports.take(person, id, group);
        Flash said = Flash.ok("flash.contacts.imported", done.ids().size());
        said = done.there() > 0 ? said.and("flash.contacts.there", done.there()) : said;
        said = done.report().left() > 0
                ? said.warning("flash.contacts.skipped", done.report().left())
                : said;
        said = done.full() ? said.warning("contacts.fault.full") : said;
        undos.offer(person, new ContactBook.Before(java.util.List.of(), done.ids()), said)
                .keep(request.getSession());
        return "redirect:/contacts";
    }

    @GetMapping("/contacts/export")
    void export(
            SignedIn person,
            @RequestParam(defaultValue = "") String format,
            @RequestParam(defaultValue = "") String group,
            HttpServletResponse response)
            throws IOException {
        Format chosen = Format.of(format);
        response.setContentType(chosen.mediaType() + ";charset=UTF-8");
        response.setHeader("Content-Disposition", "attachment; filename=\"contacts." + chosen.extension() + "\"");
        response.setHeader("Content-Security-Policy", SecurityHeaders.FILE);
        response.setHeader("X-Content-Type-Options", "nosniff");
        export.write(person.username(), group, chosen, response.getOutputStream());
    }
}
