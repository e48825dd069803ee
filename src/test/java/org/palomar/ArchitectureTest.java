package org.palomar;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.palomar.imap.OpenMailbox;
import org.springframework.modulith.core.ApplicationModules;
import org.springframework.stereotype.Controller;

/** The walls of the house. */
class ArchitectureTest {

    private static final JavaClasses MAIN = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("org.palomar");

    @Test
    void modulesUseOnlyWhatTheirPackageInfoAllows() {
        ApplicationModules.of(Palomar.class).verify();
    }

    @Test
    void angusIsSeenOnlyByTheGatewayAndTheDemoServer() {
        noClasses()
                .that()
                .resideOutsideOfPackages(
                        "org.palomar.imap.angus..", "org.palomar.demo..", "org.palomar.migration.pop3..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.eclipse.angus..")
                .because(
                        "the wire can then be replaced in one place; UIDL is known to the library's POP3 mailbox alone")
                .check(MAIN);
    }

    @Test
    void jakartaMailStaysInsideAndOutOfPublicSignatures() {
        noClasses()
                .that()
                .resideOutsideOfPackages(
                        "org.palomar.imap.angus..",
                        "org.palomar.smtp..",
                        "org.palomar.mime..",
                        "org.palomar.migration.pop3..",
                        "org.palomar.demo..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("jakarta.mail..")
                .check(MAIN);
        methods()
                .that()
                .arePublic()
                .and()
                .areDeclaredInClassesThat(new com.tngtech.archunit.base.DescribedPredicate<>("are public") {
                    @Override
                    public boolean test(JavaClass type) {
                        return type.getModifiers().contains(com.tngtech.archunit.core.domain.JavaModifier.PUBLIC);
                    }
                })
                .should(new ArchCondition<>("not show jakarta.mail") {
                    @Override
                    public void check(JavaMethod method, ConditionEvents events) {
                        Stream.concat(Stream.of(method.getRawReturnType()), method.getRawParameterTypes().stream())
                                .filter(type -> type.getPackageName().startsWith("jakarta.mail"))
                                .forEach(type -> events.add(SimpleConditionEvent.violated(
                                        method, method.getFullName() + " shows " + type.getName())));
                    }
                })
                .check(MAIN);
    }

    /** S16. */
    @Test
    void urlsAreOpenedByTheDoorAlone() {
        noClasses()
                .that()
                .resideOutsideOfPackage("org.palomar.door..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "java.net.http..",
                        // All but its list of public suffixes, which opens nothing.
                        "org.apache.hc.core5..",
                        "org.apache.hc.client5.http",
                        "org.apache.hc.client5.http.async..",
                        "org.apache.hc.client5.http.classic..",
                        "org.apache.hc.client5.http.fluent..",
                        "org.apache.hc.client5.http.impl..",
                        "org.springframework.web.client..")
                .orShould()
                .callMethod(java.net.URL.class, "openStream")
                .orShould()
                .callMethod(java.net.URL.class, "openConnection")
                .check(MAIN);
    }

    @Test
    void vocabularyAndHtmlArePure() {
        noClasses()
                .that()
                .resideInAnyPackage("org.palomar.mail..", "org.palomar.html..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("jakarta..", "java.net.http..", "java.nio.file..")
                .check(MAIN);
    }

    @Test
    void controllersNeverTouchAnOpenMailboxBeyondTheirLoan() {
        noClasses()
                .that()
                .areAnnotatedWith(Controller.class)
                .should()
                .dependOnClassesThat()
                .areAssignableTo(OpenMailbox.class)
                .because("controllers call one thing; loans belong to readers and actions")
                .check(MAIN);
    }

    @Test
    void timeComesFromTheClock() {
        for (Class<?> type : List.of(Instant.class, LocalDate.class, LocalDateTime.class, ZonedDateTime.class)) {
            noClasses().should().callMethod(type, "now").check(MAIN);
        }
        noClasses().should().callMethod(System.class, "currentTimeMillis").check(MAIN);
    }

    /** S26, S28. */
    @Test
    void nothingStartsProcessesOrReadsSerializedObjects() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .areAssignableTo(ProcessBuilder.class)
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(ObjectInputStream.class)
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(Runtime.class)
                .check(MAIN);
    }

    @Test
    void namesSayWhatThingsAre() {
        classes()
                .should(new ArchCondition<>("not be named after a pattern") {
                    @Override
                    public void check(JavaClass type, ConditionEvents events) {
                        if (type.getSimpleName().matches(".*(Dto|DTO|VO|Impl|Manager|Util|Utils|Helper)")) {
                            events.add(SimpleConditionEvent.violated(type, type.getName()));
                        }
                    }
                })
                .check(MAIN);
    }

    @Test
    void everyPackageIsNullMarked() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            List<Path> packages = files.filter(Files::isRegularFile)
                    .filter(file -> file.toString().endsWith(".java"))
                    .map(Path::getParent)
                    .distinct()
                    .toList();
            assertThat(packages)
                    .isNotEmpty()
                    .allSatisfy(directory -> assertThat(directory.resolve("package-info.java"))
                            .content()
                            .contains("@NullMarked"));
        }
    }

    @Test
    void filesStaySmall() throws IOException {
        try (Stream<Path> files =
                Stream.concat(Files.walk(Path.of("src/main/java")), Files.walk(Path.of("frontend/src")))) {
            assertThat(files.filter(Files::isRegularFile)
                            .filter(file -> file.toString().matches(".*\\.(java|ts)")))
                    .isNotEmpty()
                    .allSatisfy(file -> assertThat(Files.readAllLines(file))
                            .as(file.toString())
                            .hasSizeLessThanOrEqualTo(300));
        }
    }
}
