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
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A pickle of maps, lists, tuples, numbers, texts and tensors. Its opcodes are followed, never executed: a name outside of
 * the list below stops the reading, and no class of it is loaded.
 */
final class Pickle {
    /** What a state_dict of tensors, or of an optimizer, is made of. */
    private static final Set<String> HARMLESS = Set.of(
            "collections.OrderedDict",
            "torch._utils._rebuild_tensor_v2",
            "torch._utils._rebuild_parameter",
            "torch.Size",
            "torch._utils._rebuild_tensor");

    private static final Set<String> PREFIXES = Set.of("torch.");
    private static final int MOST_OBJECTS = 5_000_000;
    private static final int DEEPEST = 64;

    /**
     * A tensor, of which the bytes stay where they are.
     *
     * @param shape its sizes
     */
    record Tensor(List<Long> shape) {}

    /** A global name that was found harmless. */
    private record Name(String name) {}

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
            case 'e' -> {
                List<@Nullable Object> items = sinceMark();
                list().addAll(items);
            }
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
        return (Map<Object, @Nullable Object>) container();
    }

    @SuppressWarnings("unchecked")
    private List<@Nullable Object> list() {
        return (List<@Nullable Object>) container();
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
        throw refuse("has a key that is neither text nor number");
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

    /** A number of several bytes; of more than eight only their presence matters. */
    private long longer(int length) {
        long value = 0;
        for (int i = 0; i < length; i++) {
            long octet = in.get() & 0xff;
            value |= i < 8 ? octet << (8 * i) : 0;
        }
        return length > 0 && length < 8 ? (value << (64 - 8 * length)) >> (64 - 8 * length) : value;
    }

    /** Storages and data types of torch are names only. */
    private Name name(String name) {
        boolean type = PREFIXES.stream().anyMatch(name::startsWith)
                && name.matches(
                        "torch\\.(\\w+Storage|float\\w*|bfloat16|half|double|u?int\\w*|long|short|bool|device|storage\\.\\w+)");
        if (!HARMLESS.contains(name) && !type) {
            throw refuse("names " + (name.length() > 80 ? name.substring(0, 80) + "…" : name)
                    + ", which could run any code");
        }
        return new Name(name);
    }

    private static Object storage(@Nullable Object reference) {
        return new Name("a storage of " + (reference instanceof List<?> list ? list.size() : 0));
    }

    private void reduce() {
        Object arguments = pop();
        Object callable = pop();
        if (!(callable instanceof Name called) || !(arguments instanceof List<?> list)) {
            throw refuse("calls what is no name");
        }
        push(
                switch (called.name()) {
                    case "collections.OrderedDict" -> new LinkedHashMap<Object, @Nullable Object>();
                    case "torch._utils._rebuild_tensor_v2", "torch._utils._rebuild_tensor" -> new Tensor(sizes(list));
                    case "torch._utils._rebuild_parameter" -> list.isEmpty() ? null : list.getFirst();
                    case "torch.Size" -> list.isEmpty() ? new ArrayList<>() : list.getFirst();
                    default -> throw refuse("calls " + called.name());
                });
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
        if (!(top() instanceof Map) && !(top() instanceof Tensor)) {
            throw refuse("sets the attributes of an object");
        }
    }
}
