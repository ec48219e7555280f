package org.idem.laboratory;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.idem.laboratory.plan.Census;
import org.idem.laboratory.plan.Task;

/**
 * What a store lacks of a study.
 *
 * @param parts networks that are still to be trained
 * @param images tasks whose images are to be stored for them, one task for each set of images
 */
public record Missing(List<Census.Part> parts, List<Task> images) {
    /** Copies the lists. */
    public Missing {
        parts = List.copyOf(parts);
        images = List.copyOf(images);
    }

    /**
     * Looks at a store, which stays as it is.
     *
     * @param folder of the store; it may be missing
     * @param census of the study
     * @return everything, if there is no store
     * @throws IOException if the store cannot be read
     */
    public static Missing of(Path folder, Census census) throws IOException {
        if (!Laboratory.isStore(folder)) {
            return of(census.missing(Set.of(), key -> false), Set.of());
        }
        try (Laboratory laboratory = Laboratory.reading(folder)) {
            return of(laboratory.missing(census), laboratory.images());
        }
    }

    /** @param held digests of tasks whose images are stored */
    private static Missing of(List<Census.Part> parts, Set<String> held) {
        Set<String> known = new HashSet<>(held);
        List<Task> images = new ArrayList<>();
        for (Census.Part part : parts) {
            Task task = part.example().task();
            if (known.add(task.digest())) {
                images.add(task);
            }
        }
        return new Missing(parts, images);
    }

    /**
     * How many networks are still to be trained.
     *
     * @return all parts together
     */
    public long networks() {
        return parts.stream().mapToLong(Census.Part::networks).sum();
    }
}
