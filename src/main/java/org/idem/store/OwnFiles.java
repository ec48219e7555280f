package org.idem.store;

import java.nio.file.Path;

/** Files and folders that a store needs for itself; other things, such as a report, may stand beside them. */
public final class OwnFiles {
    private OwnFiles() {}

    /**
     * Whether a place is one of them or lies in one of them, in whatever store.
     *
     * @param place absolute, existing or not
     * @param begun folder of a store that may still have to be made, absolute; a root if there is none
     * @return false if what is written there harms no store
     */
    public static boolean hold(Path place, Path begun) {
        for (Path at = place; at.getParent() != null; at = at.getParent()) {
            StoreFolder store = new StoreFolder(at.getParent());
            if (store.isOwn(at) && (store.isStore() || at.getParent().equals(begun))) {
                return true;
            }
        }
        return false;
    }
}
