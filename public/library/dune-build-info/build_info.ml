module V1 = struct
  module Version = struct
    type t = string

    let to_string t = t
  end

  let version () = None

  module Statically_linked_library = struct
    type t = string * string option

    let name (name, _) = name
    let version (_, version) = version
  end

  module Statically_linked_libraries = struct
    let to_list () = Build_info_data.libraries
    let find ~name = List.find_opt (fun l -> String.equal (Statically_linked_library.name l) name) (to_list ())
  end
end
