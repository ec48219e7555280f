package org.idem.theorem;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.idem.image.ImagePool;
import org.idem.theorem.deep.DeepTheorems;
import org.idem.theorem.initialisation.InitialisationTheorems;
import org.idem.theorem.kernel.KernelTheorems;
import org.idem.theorem.onelayer.OneLayerTheorems;
import org.idem.theorem.representation.IdentityRepresentable;

/** All theorems that the program knows, in the order in which it reports them. */
public final class Theorems {
    private static final List<Theorem<?>> DRAWN = over(ImagePool.DRAWN);

    private Theorems() {}

    /**
     * Every theorem, with images that the project draws itself.
     *
     * @return unmodifiable, in order
     */
    public static List<Theorem<?>> list() {
        return DRAWN;
    }

    /**
     * Every theorem, with images from a pool.
     *
     * @param pool source of training and test images
     * @return unmodifiable, in order
     */
    public static List<Theorem<?>> over(ImagePool pool) {
        List<Theorem<?>> theorems = new ArrayList<>();
        theorems.add(new IdentityRepresentable(pool));
        theorems.addAll(OneLayerTheorems.fcn(pool));
        theorems.addAll(OneLayerTheorems.cnn(pool));
        theorems.addAll(DeepTheorems.list(pool));
        theorems.addAll(KernelTheorems.list(pool));
        theorems.addAll(InitialisationTheorems.list());
        // families in the order of their numbers
        theorems.sort(Comparator.comparing(theorem -> theorem.id().split("\\.")[0]));
        return List.copyOf(theorems);
    }

    /**
     * Finds one.
     *
     * @param theorems where
     * @param id identifier, for instance T1.steps
     * @return the theorem, if there is one
     */
    public static Optional<Theorem<?>> find(List<Theorem<?>> theorems, String id) {
        return theorems.stream().filter(theorem -> theorem.id().equals(id)).findFirst();
    }
}
