#!/usr/bin/env gjs
// SPDX-License-Identifier: LGPL-2.1-or-later

// ask.js DESCRIPTOR LIST: can that destination take a device of that parameter list, and how must
// it be set up?

imports.gi.versions.Migdesc = '1.0';
const {Migdesc} = imports.gi;
const System = imports.system;

try {
    const destination = Migdesc.Descriptor.load(ARGV[0], null, null);
    const list = Migdesc.ParamList.new_from_string(ARGV[1]);
    const [plan, report] = destination.plan(list, false);
    print(plan ? plan.render(Migdesc.PlanStyle.ARGV_M).join('\n') : report.to_string());
    System.exit(plan ? 0 : 1);
} catch (error) {
    printerr(error.message);
    System.exit(1);
}
