// SPDX-License-Identifier: LGPL-2.1-or-later

// ask DESCRIPTOR LIST: can that destination take a device of that parameter list, and how must
// it be set up?
//
// valac --pkg migdesc-1.0 ask.vala (its packages come with it once the library is installed)

int main (string[] args) {
    try {
        var destination = Migdesc.Descriptor.load (args[1], null, null);
        var list = new Migdesc.ParamList.from_string (args[2]);
        Migdesc.Report? report;
        var plan = destination.plan (list, false, out report);
        if (plan != null)
            print ("%s\n", string.joinv ("\n", plan.render (Migdesc.PlanStyle.ARGV_M)));
        else
            print ("%s\n", report.to_string ());
        return plan != null ? 0 : 1;
    } catch (Error error) {
        printerr ("%s\n", error.message);
        return 1;
    }
}
