# SPDX-License-Identifier: LGPL-2.1-or-later
"""What a decoded stream has to say, by what QMP and HMP said of the machine.

Each function takes the states ({(name, instance): state}) and the truth, compares what the machine
has, and says how many values that was.
"""

import re

X86_REGISTERS = ["AX", "CX", "DX", "BX", "SP", "BP", "SI", "DI"]
SEGMENTS = ["ES", "CS", "SS", "DS", "FS", "GS"]
LOCAL_VECTORS = ["LVTT", "LVTTHMR", "LVTPC", "LVT0", "LVT1", "LVTERR"]


class Mismatch(AssertionError):
    """Says what differs, and where."""


def same(what, found, wanted):
    if found != wanted:
        raise Mismatch(f"{what}: decoded {found!r}, the machine has {wanted!r}")
    return 1


def each(states, name):
    """The states of that name, by instance."""
    return [state for (one, _), state in sorted(states.items(), key=lambda item: item[0][1])
            if one == name]


# Processors


def x86_processors(states, truth):
    count = 0
    for number, (state, registers) in enumerate(zip(each(states, "cpu"), truth["registers"])):
        def check(path, wanted):
            return same(f"cpu/{number} {path}", state[path], wanted)

        wide = "R" if "RIP" in registers else "E"
        for place, name in enumerate(X86_REGISTERS):
            count += check(f"env.regs[{place}]", registers[wide + name])
        count += check("env.eip", registers[wide + "IP"])
        count += check("env.eflags", registers["RFL" if wide == "R" else "EFL"])
        for place in (0, 2, 3, 4):
            count += check(f"env.cr[{place}]", registers[f"CR{place}"])
        for place in (0, 1, 2, 3, 6, 7):
            count += check(f"env.dr[{place}]", registers[f"DR{place}"])
        count += check("env.efer", registers["EFER"])
        count += check("env.fpuc", registers["FCW"])
        count += check("env.mxcsr", registers["MXCSR"])
        count += _segments(state, truth["register text"], number)
    return count


def _segments(state, text, number):
    part = re.split(r"^CPU#\d+", text, flags=re.MULTILINE)[number + 1]
    count = 0
    places = {name: f"env.segs[{place}]" for place, name in enumerate(SEGMENTS)}
    places |= {"LDT": "env.ldt", "TR": "env.tr"}
    for name, selector, base, limit, flags in re.findall(
            r"^(\w\w\w?) *=([0-9a-f]{4}) ([0-9a-f]+) ([0-9a-f]{8}) ([0-9a-f]{8})", part,
            re.MULTILINE):
        for field, value in zip(("selector", "base", "limit", "flags"),
                                (selector, base, limit, flags)):
            found = state[f"{places[name]}.{field}"]
            # HMP leaves the lowest byte out, and the highest, which are of the base
            count += same(f"cpu/{number} {name} {field}",
                          found & 0xFFFF00 if field == "flags" else found, int(value, 16))
    for name, base, limit in re.findall(r"^([GI]DT)= +([0-9a-f]+) ([0-9a-f]{8})", part,
                                        re.MULTILINE):
        place = f"env.{name.lower()}"
        count += same(name, (state[f"{place}.base"], state[f"{place}.limit"]),
                      (int(base, 16), int(limit, 16)))
    return count


def arm_processors(states, truth):
    count = 0
    for state, registers in zip(each(states, "cpu"), truth["registers"]):
        count += same("PC", state["env.pc"], registers["PC"])
        count += same("PSTATE", state["cpsr"], registers["PSTATE"])
        for place in range(31):
            count += same(f"X{place}", state[f"env.xregs[{place}]"], registers[f"X{place:02}"])
    return count


def s390x_processors(states, truth):
    count = 0
    for state, registers in zip(each(states, "cpu"), truth["registers"]):
        count += same("mask", state["env.psw.mask"], registers["mask"])
        count += same("address", state["env.psw.addr"], registers["addr"])
        for place in range(16):
            count += same(f"R{place}", state[f"env.regs[{place}]"], registers[f"R{place:02}"])
            count += same(f"C{place}", state[f"env.cregs[{place}]"], registers[f"C{place:02}"])
    return count


def power_processors(states, truth):
    count = 0
    for state, registers in zip(each(states, "cpu"), truth["registers"]):
        count += same("NIP", state["env.nip"], registers["NIP"])
        count += same("MSR", state["env.msr"], registers["MSR"])
        count += same("LR", state["env.spr[8]"], registers["LR"])
        count += same("CTR", state["env.spr[9]"], registers["CTR"])
        count += same("FPSCR", state["cpu/fpu.env.fpscr"], registers["FPSCR"])
        for place in range(32):
            count += same(f"FPR{place}", state[f"cpu/fpu.env.vsr[{place}]"],
                          registers[f"FPR{place:02}"])
            count += same(f"GPR{place}", state[f"env.gpr[{place}]"], registers[f"GPR{place:02}"])
    return count


# Interrupts and time


def local_apic(states, truth):
    state = states["apic", 0]
    values = dict(re.findall(r"\b(LVT\w+|SPIV|ICR2?|ESR|TPR|APR)\s+(0x[0-9a-f]+)", truth["lapic"]))
    count = sum(same(name, state[f"lvt[{place}]"], int(values[name], 16))
                for place, name in enumerate(LOCAL_VECTORS))
    for name, path in (("SPIV", "spurious_vec"), ("ESR", "esr"), ("ICR", "icr[0]"),
                       ("ICR2", "icr[1]"), ("TPR", "tpr")):
        count += same(name, state[path], int(values[name], 16))
    return count


def interrupt_controllers(states, truth):
    count = 0
    for number, values in re.findall(r"^pic(\d): (.*)$", truth["pic"], re.MULTILINE):
        values = dict(re.findall(r"(\w+)=([0-9a-f]+)", values))
        for name, field in (("irr", "irr"), ("imr", "imr"), ("isr", "isr"), ("elcr", "elcr"),
                            ("hprio", "priority_add"), ("irq_base", "irq_base"),
                            ("rr_sel", "read_reg_select"), ("fnm", "special_fully_nested_mode")):
            count += same(f"pic{number} {name}", states["i8259", int(number)][field],
                          int(values[name], 16))
    for pin, value in re.findall(r"pin (\d+) +(0x[0-9a-f]{16})", truth["pic"]):
        count += same(f"pin {pin}", states["ioapic", 0][f"ioredtbl[{pin}]"], int(value, 16))
    return count


def clock(states, truth):
    def decimal(byte):
        return (byte >> 4) * 10 + (byte & 15)

    memory, time = states["mc146818rtc", 0]["cmos_data"], truth["rtc"]
    found = [decimal(memory[place]) for place in (0, 2, 4, 7, 8, 9)]
    return 6 * same("time", found, [time["tm_sec"], time["tm_min"], time["tm_hour"],
                                    time["tm_mday"], time["tm_mon"] + 1, time["tm_year"] % 100])


def run_state(states, truth):
    text = states["globalstate", 0]["runstate"].rstrip(b"\0").decode()
    return same("state", text, truth["status"])
