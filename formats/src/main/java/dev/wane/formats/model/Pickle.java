package dev.wane.formats.model;

import dev.wane.formats.problem.InputException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A pickle of maps, lists, tuples, numbers, texts and tensors. Its opcodes are followed, never executed: a name outside of
 * the list below stops the reading, and no class of it is loaded.
 */
final class Pickle {
    private static final int MOST_OBJECTS = 5_000_000;
    private static final int DEEPEST = 64;

    /**
     * A tensor, of which the bytes stay where they are.
     *
     * @param shape its sizes
     */
    record Tensor(List<Long> shape) {}

    /** Something beside the weights, of which nothing is kept. */
    private record Opaque(String name) {}

    private record Mark() {}

    private static final Mark MARK = new Mark();

    private final Path file;
    private final ByteBuffer in;
    private final List<@Nullable Object> stack = new ArrayList<>();
    private final Map<Long, @Nullable Object> memo = new HashMap<>();
    private int objects;
    private int unfolded;

    private Pickle(Path file, byte[] bytes) {
        this.file = file;
        this.in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * The object.
     *
     * @throws InputException if it holds what is not followed, or is cut off
     */
    static @Nullable Object read(Path file, byte[] bytes) {
        Pickle pickle = new Pickle(file, bytes);
        try {
            while (pickle.in.hasRemaining()) {
                int opcode = pickle.in.get() & 0xff;
                if (opcode == '.') {
                    return pickle.tree(pickle.pop(), 0);
                }
                pickle.step(opcode);
            }
        } catch (BufferUnderflowException | IndexOutOfBoundsException | ClassCastException e) {
            throw pickle.refuse("is cut off or not well-formed");
        }
        throw pickle.refuse("has no end");
    }

    private InputException refuse(String why) {
        return ModelReader.problem(file, "its pickle " + why + ": save the weights as safetensors and read those");
    }

    private void step(int opcode) {
        if (++objects > MOST_OBJECTS) {
            throw refuse("has more than " + MOST_OBJECTS + " parts");
        }
        switch (opcode) {
            case 0x80 -> in.get(); // PROTO
            case 0x95 -> in.getLong(); // FRAME
            case '(' -> push(MARK);
            case '0' -> pop();
            case 'N' -> push(null);
            case 0x88 -> push(true);
            case 0x89 -> push(false);
            case 'J' -> push((long) in.getInt());
            case 'K' -> push((long) (in.get() & 0xff));
            case 'M' -> push((long) (in.getShort() & 0xffff));
            case 0x8a -> push(longer(in.get() & 0xff));
            case 'G' -> push(Double.longBitsToDouble(Long.reverseBytes(in.getLong())));
            case 'X' -> push(text(in.getInt()));
            case 0x8c -> push(text(in.get() & 0xff));
            case 'U' -> push(text(in.get() & 0xff));
            case 'T' -> push(text(in.getInt()));
            case 'C' -> push(text(in.get() & 0xff));
            case 'B' -> push(text(in.getInt()));
            case '}' -> push(new LinkedHashMap<Object, @Nullable Object>());
            case ']' -> push(new ArrayList<@Nullable Object>());
            case ')' -> push(new ArrayList<@Nullable Object>());
            case 0x85, 0x86, 0x87 -> push(last(opcode - 0x84));
            case 't' -> push(sinceMark());
            case 'l' -> push(new ArrayList<>(sinceMark()));
            case 'd' -> {
                List<@Nullable Object> pairs = sinceMark();
                Map<Object, @Nullable Object> map = new LinkedHashMap<>();
                put(map, pairs);
                push(map);
            }
            case 'q' -> memo.put((long) (in.get() & 0xff), top());
            case 'r' -> memo.put((long) in.getInt(), top());
            case 0x94 -> memo.put((long) memo.size(), top());
            case 'h' -> push(memo.get((long) (in.get() & 0xff)));
            case 'j' -> push(memo.get((long) in.getInt()));
            case 'c' -> push(name(line() + "." + line()));
            case 0x93 -> {
                String attribute = key(pop());
                push(name(key(pop()) + "." + attribute));
            }
            case 'Q' -> push(storage(pop()));
            case 'R' -> reduce();
            case 0x81 -> reduce();
            case 'b' -> build();
            case 's' -> {
                List<@Nullable Object> pair = last(2);
                put(map(), pair);
            }
            case 'u' -> {
                List<@Nullable Object> pairs = sinceMark();
                put(map(), pairs);
            }
            case 'a' -> {
                Object item = pop();
                list().add(item);
            }
            case 'e', 0x90 -> {
                List<@Nullable Object> items = sinceMark();
                list().addAll(items);
            }
            case 0x8f -> push(new ArrayList<@Nullable Object>());
            case 0x91 -> push(sinceMark());
            case '1' -> sinceMark();
            case '2' -> push(top());
            case 0x8b -> push(longer(length()));
            default -> throw refuse(String.format("has the opcode 0x%02x, which is not followed", opcode));
        }
    }

    private void push(@Nullable Object value) {
        stack.add(value);
    }

    private @Nullable Object pop() {
        return stack.remove(stack.size() - 1);
    }

    private @Nullable Object top() {
        return stack.get(stack.size() - 1);
    }

    private List<@Nullable Object> last(int count) {
        List<@Nullable Object> tail = stack.subList(stack.size() - count, stack.size());
        List<@Nullable Object> copy = new ArrayList<>(tail);
        tail.clear();
        return copy;
    }

    private List<@Nullable Object> sinceMark() {
        int mark = stack.lastIndexOf(MARK);
        List<@Nullable Object> copy = new ArrayList<>(stack.subList(mark + 1, stack.size()));
        stack.subList(mark, stack.size()).clear();
        return copy;
    }

    @SuppressWarnings("unchecked")
    private Map<Object, @Nullable Object> map() {
        Object container = container();
        return container instanceof Opaque ? new LinkedHashMap<>() : (Map<Object, @Nullable Object>) container;
    }

    @SuppressWarnings("unchecked")
    private List<@Nullable Object> list() {
        Object container = container();
        return container instanceof Opaque ? new ArrayList<>() : (List<@Nullable Object>) container;
    }

    private Object container() {
        Object container = top();
        if (container == null) {
            throw refuse("adds to what is no map and no list");
        }
        return container;
    }

    private void put(Map<Object, @Nullable Object> map, List<@Nullable Object> pairs) {
        for (int i = 0; i + 1 < pairs.size(); i += 2) {
            map.put(key(pairs.get(i)), pairs.get(i + 1));
        }
    }

    private String key(@Nullable Object key) {
        if (key instanceof String || key instanceof Number || key instanceof Boolean) {
            return key.toString();
        }
        if (key instanceof Opaque || key == null || flat(key)) {
            return String.valueOf(key);
        }
        throw refuse("has a key that is neither text nor number");
    }

    /** A tuple of texts and numbers, as some samplers have for keys. */
    private static boolean flat(Object key) {
        return key instanceof List<?> list
                && list.stream().allMatch(item -> item instanceof String || item instanceof Number);
    }

    /** References followed to the end: what contains itself, or unfolds to more than a file can hold, is refused here. */
    private @Nullable Object tree(@Nullable Object value, int depth) {
        if (depth > DEEPEST || ++unfolded > MOST_OBJECTS) {
            throw refuse("contains itself, or is too deep or too large");
        }
        if (value instanceof Map<?, ?> map) {
            Map<Object, @Nullable Object> copy = new LinkedHashMap<>();
            map.forEach((key, item) -> copy.put(key, tree(item, depth + 1)));
            return copy;
        }
        if (value instanceof List<?> list) {
            List<@Nullable Object> copy = new ArrayList<>();
            list.forEach(item -> copy.add(tree(item, depth + 1)));
            return copy;
        }
        return value;
    }

    private String text(int length) {
        if (length < 0 || length > in.remaining()) {
            throw refuse("has a text of " + length + " bytes");
        }
        byte[] bytes = new byte[length];
        in.get(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private String line() {
        StringBuilder line = new StringBuilder();
        for (byte c = in.get(); c != '\n'; c = in.get()) {
            line.append((char) c);
        }
        return line.toString();
    }

    private int length() {
        int length = in.getInt();
        if (length < 0 || length > in.remaining()) {
            throw refuse("has a number of " + length + " bytes");
        }
        return length;
    }

    /** A number of several bytes; of more than eight only their presence matters. */
    private long longer(int length) {
        long value = 0;
        for (int i = 0; i < length; i++) {
            long octet = in.get() & 0xff;
            value |= i < 8 ? octet << (8 * i) : 0;
        }
        return length > 0 && length < 8 ? (value << (64 - 8 * length)) >> (64 - 8 * length) : value;
    }

    private PickledName name(String name) {
        PickledName known = new PickledName(name);
        if (!known.isKnown()) {
            throw refuse("names " + (name.length() > 80 ? name.substring(0, 80) + "…" : name)
                    + ", which could run any code");
        }
        return known;
    }

    private static Object storage(@Nullable Object reference) {
        return new Opaque("a storage of " + (reference instanceof List<?> list ? list.size() : 0));
    }

    private void reduce() {
        Object arguments = pop();
        Object callable = pop();
        if (callable instanceof Opaque) {
            push(callable);
            return;
        }
        if (!(callable instanceof PickledName called) || !(arguments instanceof List<?> list)) {
            throw refuse("calls what is no name");
        }
        push(result(called, list));
    }

    private @Nullable Object result(PickledName called, List<?> arguments) {
        if (called.isMap()) {
            return new LinkedHashMap<Object, @Nullable Object>();
        }
        if (called.isOpaque()) {
            return new Opaque(called.name());
        }
        return switch (called.name()) {
            case "torch._utils._rebuild_parameter", "torch._utils._rebuild_parameter_with_state" -> first(arguments);
            case "torch.Size" -> arguments.isEmpty() ? new ArrayList<>() : arguments.getFirst();
            case "torch._tensor._rebuild_from_type_v2" -> rebuilt(arguments);
            default -> new Tensor(sizes(arguments));
        };
    }

    private static @Nullable Object first(List<?> arguments) {
        return arguments.isEmpty() ? null : arguments.getFirst();
    }

    /** A call inside a call: function, type, arguments, state. */
    private @Nullable Object rebuilt(List<?> arguments) {
        if (arguments.size() < 3
                || !(arguments.get(0) instanceof PickledName called)
                || !(arguments.get(2) instanceof List<?> inner)
                || called.name().equals("torch._tensor._rebuild_from_type_v2")) {
            throw refuse("has a tensor of a type that is not followed");
        }
        return result(called, inner);
    }

    private List<Long> sizes(List<?> arguments) {
        if (arguments.size() < 3 || !(arguments.get(2) instanceof List<?> sizes)) {
            throw refuse("has a tensor without sizes");
        }
        return sizes.stream().map(size -> (Long) size).toList();
    }

    /** The attributes of an OrderedDict, such as the versions of modules, are not needed. */
    private void build() {
        pop();
        if (!(top() instanceof Map) && !(top() instanceof Tensor) && !(top() instanceof Opaque)) {
            throw refuse("sets the attributes of an object");
        }
    }
}
