package org.idem.laboratory.plan;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.idem.array.Array;

/** Inputs of several sizes, joined to batches of one size, so that many are worked on at once. */
public final class Batches {
    /** Entries of each input. */
    private final int[] lengths;

    /** For each batch, the places of its inputs among all. */
    private final List<List<Integer>> places = new ArrayList<>();

    private final List<Array> joined = new ArrayList<>();

    /** Takes entries of the first axis out of what a batch led to. */
    @FunctionalInterface
    public interface Slicing<T> {
        /**
         * Some neighbouring entries.
         *
         * @param of what a batch led to
         * @param from first entry
         * @param to one past the last
         * @return theirs
         */
        T slice(T of, int from, int to);
    }

    /**
     * Joins inputs.
     *
     * @param inputs examples first, (n, …) each
     * @param most inputs in a batch, at least 1
     */
    public Batches(List<Array> inputs, int most) {
        lengths = inputs.stream().mapToInt(input -> input.size(0)).toArray();
        Map<String, List<Integer>> bySize = new LinkedHashMap<>();
        for (int i = 0; i < inputs.size(); i++) {
            int[] shape = inputs.get(i).shape();
            bySize.computeIfAbsent(
                            Arrays.toString(Arrays.copyOfRange(shape, 1, shape.length)), size -> new ArrayList<>())
                    .add(i);
        }
        for (List<Integer> same : bySize.values()) {
            for (int from = 0; from < same.size(); from += most) {
                List<Integer> some = same.subList(from, Math.min(same.size(), from + most));
                places.add(some);
                joined.add(Array.concatenate(some.stream().map(inputs::get).toList()));
            }
        }
    }

    /**
     * Works on every batch and hands each input its part.
     *
     * @param work of a batch
     * @param slicing entries of what the work returned
     * @param <T> of what it returns
     * @return in the order of the inputs
     */
    public <T> List<T> map(Function<Array, T> work, Slicing<T> slicing) {
        Map<Integer, T> parts = new LinkedHashMap<>();
        for (int batch = 0; batch < joined.size(); batch++) {
            T all = work.apply(joined.get(batch));
            int next = 0;
            for (int place : places.get(batch)) {
                int end = next + lengths[place];
                parts.put(place, slicing.slice(all, next, end));
                next = end;
            }
        }
        List<T> ordered = new ArrayList<>();
        for (int i = 0; i < lengths.length; i++) {
            ordered.add(parts.get(i));
        }
        return ordered;
    }
}
