package org.idem.theorem.exhibit;

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
    /** Makes an exhibit; an image that its network cannot take is a reason, not a failure. */
    static <T> Attempt<T> at(String what, Supplier<T> maker) {
        try {
            return new Attempt<>(maker.get(), null);
        } catch (IllegalArgumentException | ArithmeticException refused) {
            return new Attempt<>(null, what + ": " + refused.getMessage());
        }
    }

    Stream<T> exhibits() {
        return Stream.ofNullable(exhibit);
    }

    Stream<String> reasons() {
        return Stream.ofNullable(reason);
    }
}
