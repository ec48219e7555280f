package org.idem.space;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * What a dimension is about, whatever its range: a name, and the type of its values. Spaces make dimensions of axes,
 * and {@link Configuration#get} gives the value on an axis.
 *
 * @param <T> type of the values
 */
public sealed interface Axis<T> {
    /**
     * Name by which configurations print the value.
     *
     * @return a word without spaces
     */
    String name();

    /**
     * The value that a number of a dimension stands for.
     *
     * @param dimension of this axis
     * @param number one that it contains
     * @return the value
     */
    T value(Dimension dimension, double number);

    /**
     * Whole numbers.
     *
     * @param name a word without spaces
     */
    record Whole(String name) implements Axis<Integer> {
        @Override
        public Integer value(Dimension dimension, double number) {
            return (int) number;
        }

        /**
         * Numbers that are drawn equally often.
         *
         * @param least smallest value
         * @param most largest value
         * @return the dimension
         */
        public Dimension from(int least, int most) {
            return new Dimension.Whole(name, least, most);
        }

        /**
         * Numbers of which small ones are drawn more often, see {@link Dimension.Logarithmic}.
         *
         * @param least smallest value, at least 1
         * @param most largest value
         * @return the dimension
         */
        public Dimension logarithmic(int least, int most) {
            return new Dimension.Logarithmic(name, least, most, 1);
        }

        /**
         * Odd numbers of which small ones are drawn more often.
         *
         * @param least smallest value, odd and positive
         * @param most largest value, odd
         * @return the dimension
         */
        public Dimension odd(int least, int most) {
            if (least % 2 == 0) {
                throw new IllegalArgumentException("odd numbers must start at one, got " + least);
            }
            return new Dimension.Logarithmic(name, least, most, 2);
        }
    }

    /**
     * Real numbers.
     *
     * @param name a word without spaces
     */
    record Real(String name) implements Axis<Double> {
        @Override
        public Double value(Dimension dimension, double number) {
            return dimension instanceof Dimension.Choice choice
                    ? Double.parseDouble(choice.options().get((int) number))
                    : number;
        }

        /**
         * Numbers on a grid, see {@link Dimension.Real}.
         *
         * @param least smallest value, a multiple of 2⁻⁸
         * @param most largest value, a multiple of 2⁻⁸
         * @return the dimension
         */
        public Dimension between(double least, double most) {
            return new Dimension.Real(name, least, most);
        }

        /**
         * A few numbers.
         *
         * @param numbers the simplest first
         * @return the dimension, in which each is drawn equally often
         */
        public Dimension.Choice among(double... numbers) {
            return new Dimension.Choice(
                    name, Arrays.stream(numbers).mapToObj(Real::word).toList());
        }

        /** Whole numbers without a point. */
        private static String word(double number) {
            return number == Math.rint(number) ? Long.toString((long) number) : Double.toString(number);
        }
    }

    /**
     * One of several words that are not known beforehand.
     *
     * @param name a word without spaces
     */
    record Text(String name) implements Axis<String> {
        @Override
        public String value(Dimension dimension, double number) {
            return ((Dimension.Choice) dimension).options().get((int) number);
        }

        /**
         * Words that are drawn equally often.
         *
         * @param words the simplest first
         * @return the dimension
         */
        public Dimension.Choice among(List<String> words) {
            return new Dimension.Choice(name, words);
        }
    }

    /**
     * One of several things with a word for each.
     *
     * @param <T> type of the things
     */
    final class Words<T> implements Axis<T> {
        private final String name;
        private final Map<String, T> things = new LinkedHashMap<>();

        private Words(String name) {
            this.name = name;
        }

        /**
         * Things that say their own words.
         *
         * @param name a word without spaces
         * @param things the simplest first, with different words
         * @param <T> type of the things
         * @return the axis
         */
        @SafeVarargs
        public static <T> Words<T> of(String name, T... things) {
            Words<T> axis = new Words<>(name);
            for (T thing : things) {
                axis.things.put(thing.toString(), thing);
            }
            return axis;
        }

        /**
         * No or yes, in other words.
         *
         * @param name a word without spaces
         * @param no word of false
         * @param yes word of true
         * @return the axis
         */
        public static Words<Boolean> flag(String name, String no, String yes) {
            Words<Boolean> axis = new Words<>(name);
            axis.things.put(no, false);
            axis.things.put(yes, true);
            return axis;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public T value(Dimension dimension, double number) {
            T thing = things.get(((Dimension.Choice) dimension).options().get((int) number));
            if (thing == null) {
                throw new IllegalArgumentException(
                        "the axis " + name + " knows " + things.keySet() + ", got " + dimension.describe());
            }
            return thing;
        }

        /**
         * All things, drawn equally often.
         *
         * @return the dimension
         */
        public Dimension.Choice all() {
            return new Dimension.Choice(name, List.copyOf(things.keySet()));
        }

        /**
         * Some things, drawn equally often.
         *
         * @param some the simplest first
         * @return the dimension
         */
        @SafeVarargs
        public final Dimension.Choice among(T... some) {
            List<String> words = new ArrayList<>();
            for (T thing : some) {
                words.add(word(thing));
            }
            return new Dimension.Choice(name, words);
        }

        /**
         * Leaves things out.
         *
         * @param dimension of this axis
         * @param kept which things stay
         * @return a dimension in which those are drawn as often relative to each other; the same one if all stay
         * @throws IllegalArgumentException if none stays
         */
        public Dimension.Choice kept(Dimension.Choice dimension, Predicate<T> kept) {
            List<String> words = new ArrayList<>();
            List<Integer> weights = new ArrayList<>();
            for (int i = 0; i < dimension.options().size(); i++) {
                if (kept.test(value(dimension, i))) {
                    words.add(dimension.options().get(i));
                    weights.add(dimension.weights().get(i));
                }
            }
            return words.equals(dimension.options()) ? dimension : new Dimension.Choice(name, words, weights, false);
        }

        /**
         * The word of a thing.
         *
         * @param thing one of the axis
         * @return a word without spaces
         */
        public String word(T thing) {
            for (Map.Entry<String, T> entry : things.entrySet()) {
                if (entry.getValue().equals(thing)) {
                    return entry.getKey();
                }
            }
            throw new IllegalArgumentException("the axis " + name + " knows " + things.keySet() + ", got " + thing);
        }
    }
}
