package org.idem.theorem.exhibit;

import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An exhibit, or the reason why there is none.
 *
 * @param exhibit null if it could not be made
 * @param reason one line, null if it could
 * @param <T> kind of the exhibit
 */
record Attempt<T>(@Nullable T exhibit, @Nullable String reason) {
    /** Makes an exhibit. It proves nothing, so nothing that goes wrong in it may cost the report. */
    static <T> Attempt<T> at(String what, Supplier<T> maker) {
        try {
            return new Attempt<>(maker.get(), null);
        } catch (RuntimeException refused) {
            return new Attempt<>(null, what + ": " + Objects.requireNonNullElse(refused.getMessage(), "failed"));
        }
    }

    Stream<T> exhibits() {
        return Stream.ofNullable(exhibit);
    }

    Stream<String> reasons() {
        return Stream.ofNullable(reason);
    }
}
