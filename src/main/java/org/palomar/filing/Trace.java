package org.palomar.filing;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.palomar.mail.MessageRef;
import org.palomar.mail.Uid;
import org.palomar.mail.UidSet;

/** What a task changed, and where the messages lie now: enough to take it back exactly. For one thread. */
final class Trace {

    private final Task task;
    private final Set<Uid> now = new LinkedHashSet<>();
    private final List<List<Uid>> changed = new ArrayList<>();
    private @Nullable MessageRef any;

    Trace(Task task) {
        this.task = task;
        task.marks().forEach(_ -> changed.add(new ArrayList<>()));
    }

    /** Messages that stayed had these flags changed, mark by mark. */
    void marked(List<List<Uid>> uids) {
        for (int i = 0; i < uids.size(); i++) {
            changed.get(i).addAll(uids.get(i));
        }
    }

    /** Messages were marked, and lie here now. */
    void moved(Map<Uid, MessageRef> places, List<List<Uid>> uids) {
        places.values().forEach(place -> now.add(place.uid()));
        any = places.values().stream().findAny().orElse(any);
        for (int i = 0; i < uids.size(); i++) {
            for (Uid uid : uids.get(i)) {
                MessageRef place = places.get(uid);
                if (place != null) {
                    changed.get(i).add(place.uid());
                }
            }
        }
    }

    /** The highest UID given to a message by the target so far, or 0. */
    long highest() {
        return now.stream().mapToLong(Uid::value).max().orElse(0);
    }

    /** Whether the target said that one of the messages has this UID now. */
    boolean names(Uid uid) {
        return now.contains(uid);
    }

    /** The task that takes back what was done, or null when nothing can be. */
    @Nullable
    Task inverse() {
        List<Task.Mark> marks = new ArrayList<>();
        for (int i = changed.size() - 1; i >= 0; i--) {
            if (!changed.get(i).isEmpty()) {
                marks.add(task.marks().get(i).inverse(changed.get(i)));
            }
        }
        if (task.way() == Task.Way.STAY && !marks.isEmpty()) {
            List<Uid> all = new ArrayList<>();
            changed.forEach(all::addAll);
            return new Task(task.mailbox(), task.era(), UidSet.of(all), marks, Task.Way.STAY, null);
        }
        return task.way() == Task.Way.MOVE && any != null
                ? new Task(
                        Objects.requireNonNull(any).mailbox(),
                        any.uidValidity(),
                        UidSet.of(now),
                        marks,
                        Task.Way.MOVE,
                        task.mailbox())
                : null;
    }
}
