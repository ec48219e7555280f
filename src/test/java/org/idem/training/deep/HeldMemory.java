package org.idem.training.deep;

import java.lang.reflect.AccessibleObject;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.bytedeco.dnnl.memory;
import org.idem.array.Precision;
import org.idem.training.memory.Float32Memory;
import org.idem.training.memory.Memory;

/** The native memory that can be reached from an object: what it really holds, however it was allocated. */
final class HeldMemory {
    /** Numbers of an allocation that is handed out in pieces. */
    private static final long SLAB = 1 << 15;

    private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Deque<Object> waiting = new ArrayDeque<>();
    /** First byte, and the byte after the last. */
    private final List<long[]> pieces = new ArrayList<>();

    private boolean ofLibrary;

    static HeldMemory of(Object root) {
        HeldMemory held = new HeldMemory();
        held.push(root);
        while (!held.waiting.isEmpty()) {
            held.visit(held.waiting.pop());
        }
        return held;
    }

    /** Bytes of native memory; views of one memory count once. */
    long nativeBytes() {
        pieces.sort((one, other) -> Long.compare(one[0], other[0]));
        long bytes = 0;
        long end = Long.MIN_VALUE;
        for (long[] piece : pieces) {
            bytes += Math.max(0, piece[1] - Math.max(piece[0], end));
            end = Math.max(end, piece[1]);
        }
        return bytes;
    }

    /** Whether oneDNN holds some of it, which reserves more than it uses. */
    boolean isOfLibrary() {
        return ofLibrary;
    }

    private static long roundedUp(long address) {
        return (address + Memory.CACHE_LINE - 1) / Memory.CACHE_LINE * Memory.CACHE_LINE;
    }

    private void push(Object object) {
        if (object != null && seen.add(object)) {
            waiting.push(object);
        }
    }

    private void visit(Object object) {
        if (object instanceof Memory piece) {
            int bytes = piece instanceof Float32Memory ? Float.BYTES : Double.BYTES;
            int line = Memory.CACHE_LINE / bytes;
            long whole = piece.owner().length() - line;
            // a small memory is a piece of an allocation that others use as well
            long first = whole == SLAB
                    ? piece.address()
                    : roundedUp(piece.owner().data().address());
            pieces.add(new long[] {first, first + bytes * (whole == SLAB ? piece.length() : whole)});
        } else if (object instanceof memory library) {
            ofLibrary = true;
            if (!library.isNull() && library.get_data_handle() != null) {
                long address = library.get_data_handle().address();
                pieces.add(new long[] {address, address + library.get_desc().get_size()});
            }
        } else if (object instanceof Collection<?> many) {
            many.forEach(this::push);
        } else if (object instanceof Map<?, ?> map) {
            map.values().forEach(this::push);
        } else if (object instanceof Optional<?> maybe) {
            maybe.ifPresent(this::push);
        } else if (object.getClass().isArray()) {
            visitArray(object);
        } else if (object.getClass().getName().startsWith("org.idem.")
                && !object.getClass().getName().startsWith("org.idem.array")
                && !object.getClass().isEnum()) {
            visitFields(object);
        }
    }

    private void visitArray(Object array) {
        if (array instanceof Object[] objects) {
            for (Object object : objects) {
                push(object);
            }
        }
    }

    private void visitFields(Object object) {
        for (Class<?> type = object.getClass(); type != null && type != Object.class; type = type.getSuperclass()) {
            Field[] fields = type.getDeclaredFields();
            AccessibleObject.setAccessible(fields, true);
            for (Field field : fields) {
                if (!Modifier.isStatic(field.getModifiers()) && !field.getType().isPrimitive()) {
                    try {
                        push(field.get(object));
                    } catch (IllegalAccessException impossible) {
                        throw new IllegalStateException(impossible);
                    }
                }
            }
        }
    }

    /** Numbers of a precision. */
    long numbers(Precision precision) {
        return nativeBytes() / (precision == Precision.FLOAT32 ? Float.BYTES : Double.BYTES);
    }
}
